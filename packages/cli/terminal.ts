// SPDX-License-Identifier: Apache-2.0
// Where a command writes. Results go to standard output, everything else (progress, complaints) to standard error,
// so that a pipe carries results alone. Colours appear on a terminal only.

export interface Terminal {
  /** Appends to standard output; the text brings its own line ends. */
  write(text: string): void;
  /** Appends a line to standard error. */
  complain(line: string): void;
  /** Shows how far a long work is (0 to 1) on standard error, when a person is looking. */
  progress(label: string, share: number): void;
  /** Takes the progress bar away. */
  endProgress(): void;
  readonly style: Style;
}

/** Emphasis for a person; the plain text where nobody looks. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

function styleFor(isColoured: boolean): Style {
  const paint = (code: number) => (text: string) =>
    isColoured && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: paint(1), dim: paint(2), good: paint(32), bad: paint(31), warn: paint(33) };
}

const barWidth = 24;

/** The terminal of this process. A reader that goes away (`| head`) ends the output quietly. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  const isPlain = process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '';
  let isBarShown = false;
  let shownPercent = -1;
  const endProgress = () => {
    if (isBarShown) stderr.write('\r\u001b[K');
    isBarShown = false;
    shownPercent = -1;
  };
  return {
    write: (text) => {
      endProgress();
      stdout.write(text);
    },
    complain: (line) => {
      endProgress();
      stderr.write(`${line}\n`);
    },
    progress: (label, share) => {
      const percent = Math.floor(Math.min(1, Math.max(0, share)) * 100);
      if (stderr.isTTY !== true || percent === shownPercent) return;
      const filled = Math.round((percent / 100) * barWidth);
      stderr.write(`\r\u001b[K${label} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${percent}%`);
      isBarShown = true;
      shownPercent = percent;
    },
    endProgress,
    style: styleFor(stdout.isTTY === true && !isPlain),
  };
}

/** A terminal that keeps what is written, for tests and for commands that run others. */
export function recordingTerminal(): Terminal & { readonly output: string[]; readonly complaints: string[] } {
  const output: string[] = [];
  const complaints: string[] = [];
  return {
    output,
    complaints,
    write: (text) => output.push(text),
    complain: (line) => complaints.push(line),
    progress: () => {},
    endProgress: () => {},
    style: styleFor(false),
  };
}
