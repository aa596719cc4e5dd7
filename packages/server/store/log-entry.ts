// SPDX-License-Identifier: Apache-2.0
// What the log holds, and its one text. It stands in core, so that whoever verifies a statement reads the same entries.
export * from '@rapport/core/verify/log-entry.ts';
