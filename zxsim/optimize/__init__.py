"""From a layout to a plan: arrays, the chain of stages, certificates, exact rounding."""
