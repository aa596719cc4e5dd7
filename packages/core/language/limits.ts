// SPDX-License-Identifier: Apache-2.0
// How large a document may be, so that parsing always ends soon. Each limit has a code that reports it.

/** UTF-16 code units of a document (`document_too_large`). */
export const documentLengthMax = 2_000_000;
/** Statements of a document (`document_too_large`). */
export const statementsMax = 5_000;
/** Nested brackets and operands (`too_deep`). */
export const nestingMax = 60;
/** Operators and conditions side by side in one sum, product or condition (`too_deep`). */
export const operandsMax = 500;
/** Diagnostics of one run; later ones are left out. */
export const diagnosticsMax = 100;
