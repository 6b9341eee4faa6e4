"""How the program looks: themes, fonts, language."""
