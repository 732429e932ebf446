"""Words and screens: the only place where a code becomes a sentence."""
