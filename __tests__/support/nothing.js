// In the place of packages' files that nothing here calls, and that every test file would load and compile again.
