// SPDX-License-Identifier: Apache-2.0
// Reads the feed of an agreement and the data files that it names. Files are read in blocks, never whole, and only
// from the data folder.
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import { factsFromFeed, type Loaded, type OpenFile } from '@rapport/core/feeds/facts-from-feed.ts';
import { renderFeedDiagnostic } from '@rapport/core/feeds/messages.ts';
import { readFeed } from '@rapport/core/feeds/read-feed.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { isFolder, noFolder, readText } from './agreement-file.ts';
import { exitFindings, exitUsage } from './command.ts';
import type { Terminal } from './terminal.ts';

const blockBytes = 1_048_576;

/** The facts of FOLDER/feed.yaml from a data folder; an exit code (with complaints) when they cannot be loaded. */
export async function loadFacts(
  folder: string,
  data: string,
  program: Program,
  terminal: Terminal,
): Promise<Loaded | { readonly exitCode: number }> {
  if (!isFolder(data)) {
    terminal.complain(noFolder(data, 'Name the folder with the data files: --data DIR.'));
    return { exitCode: exitUsage };
  }
  const path = join(folder, 'feed.yaml');
  if (!existsSync(path)) {
    terminal.complain(`rapport: ${path} is missing. It says what the rows of the data files become;`);
    terminal.complain('see examples/hardware-sales/feed.yaml for one to begin from.');
    return { exitCode: exitUsage };
  }
  const text = readText(path, terminal);
  if (text === null) return { exitCode: exitUsage };
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    terminal.complain(`${path}: this is not YAML.\n${mistake.message}`);
    return { exitCode: exitFindings };
  }
  const { feed, diagnostics } = readFeed(plainValue(document), path);
  if (feed === null) {
    for (const diagnostic of diagnostics) terminal.complain(renderFeedDiagnostic(diagnostic));
    return { exitCode: exitFindings };
  }
  const loaded = factsFromFeed(feed, filesIn(data, terminal), program);
  terminal.endProgress();
  return loaded;
}

/** The document as plain objects. Aliases that would multiply without end are refused by the parser's own limit. */
function plainValue(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

/** Opens files below a folder as blocks of bytes; a name that leads out of the folder is no file. */
function filesIn(folder: string, terminal: Terminal): OpenFile {
  return (name) => {
    const inside = normalize(name);
    if (isAbsolute(inside) || inside.startsWith('..')) return null;
    const path = join(folder, inside);
    if (isFolder(path)) {
      terminal.complain(`rapport: ${path} is a folder, not a file.`);
      return null;
    }
    if (!isReadable(path)) {
      if (existsSync(path)) terminal.complain(`rapport: ${path} cannot be read by you.`);
      const closest = closestName(name, readdirSync(folder));
      if (closest !== null && closest !== name)
        terminal.complain(`rapport: ${path} is missing; the folder has ${closest}.`);
      return null;
    }
    return blocksOf(path, (share) => terminal.progress(`reading ${name}`, share));
  };
}

/** Whether a path is something that can be opened for reading. */
function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function* blocksOf(path: string, onProgress: (share: number) => void): Iterable<Uint8Array> {
  const size = statSync(path).size;
  const handle = openSync(path, 'r');
  try {
    for (let done = 0; ; ) {
      const block = new Uint8Array(blockBytes);
      const count = readSync(handle, block, 0, blockBytes, null);
      if (count === 0) return;
      done += count;
      onProgress(size === 0 ? 1 : done / size);
      yield block.subarray(0, count);
    }
  } finally {
    closeSync(handle);
  }
}
