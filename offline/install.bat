@echo off
rem Finds a 64-bit Python and hands over to install.py, which does the work and says so in Chinese.
setlocal
set "PYTHON="
for %%V in (@PYTHONS@) do call :try py -%%V
call :try python
if not defined PYTHON goto none
%PYTHON% "%~dp0install.py" %*
set "CODE=%ERRORLEVEL%"
goto end

:none
echo No 64-bit Python out of @PYTHONS@ was found. Install one first; see README.txt.
set "CODE=3"

:end
if "%~1"=="" pause
exit /b %CODE%

:try
if defined PYTHON exit /b 0
%* -c "import struct, sys; sys.exit(struct.calcsize('P') != 8 or '.'.join(map(str, sys.version_info[:2])) not in '@PYTHONS@'.split())" >nul 2>nul
if "%ERRORLEVEL%"=="0" set "PYTHON=%*"
exit /b 0
