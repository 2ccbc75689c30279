"""python -m redactor"""

from redactor.cli.main import main

main()
