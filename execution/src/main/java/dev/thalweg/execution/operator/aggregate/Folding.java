package dev.thalweg.execution.operator.aggregate;

/// Makes the objects that a call folds rows into: they are bytes between triggers.
sealed interface Folding permits SketchKind, TupleFolding, UserFolding {
    Sketch empty();

    Sketch of(byte[] bytes);

    /// Whether [Sketch#add] is handed an array of all arguments, as far as the call counts them NULLs too; else the only argument, never NULL.
    boolean takesRows();
}
