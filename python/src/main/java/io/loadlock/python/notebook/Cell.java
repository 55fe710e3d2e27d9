package io.loadlock.python.notebook;

/// A code cell as the JSON has it.
///
/// @param number from 1, over all cells
/// @param codeNumber from 1, over the code cells
/// @param strings offset of the opening quote of each string that makes up the source
record Cell(int number, int codeNumber, int[] strings) {}
