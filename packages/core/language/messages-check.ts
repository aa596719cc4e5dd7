// SPDX-License-Identifier: Apache-2.0
// The sentences for mistakes that the checker finds: names, types, missing policies, conflicts. Every code stands here
// once, with the facts its sentence names.
import type { Messages, Notes } from './message.ts';

export const checkMessages: Messages = {};

/** Notes for the related places of these diagnostics. */
export const checkNotes: Notes = {};
