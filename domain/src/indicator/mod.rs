//! Technical indicators, one per file, each as streaming state and as batch.
