"""The program around the labs: main window, actions, theme, language, start-up."""
