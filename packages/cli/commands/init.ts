// SPDX-License-Identifier: Apache-2.0
// `rapport init`: a new folder with an agreement and its feed, copied from one of the examples that come along.
// Nothing that exists is ever overwritten.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import { type Command, exitOk, exitUsage, textOption } from '../command.ts';
import { examplesFolder } from '../examples-folder.ts';

export const command: Command = {
  usage: 'init NAME [--from EXAMPLE]',
  help: `
Makes the folder NAME with agreement.md and, where the example reads data, feed.yaml.

  --from EXAMPLE   the example to begin from (default: hardware-sales)

example: rapport init north-sales --from hardware-sales
`,
  options: { from: { type: 'string' } },
  positionals: [1, 1],
  run(given, terminal) {
    const target = given.positionals[0]!;
    const from = textOption(given, 'from') ?? 'hardware-sales';
    const examples = examplesFolder();
    const known = readdirSync(examples, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(examples, entry.name, 'agreement.md')))
      .map((entry) => entry.name);
    if (!known.includes(from)) {
      const closest = closestName(from, known);
      terminal.complain(`rapport init: there is no example "${from}"; there are ${known.join(', ')}.`);
      if (closest !== null) terminal.complain(`Did you mean --from ${closest}?`);
      return exitUsage;
    }
    if (existsSync(target)) {
      terminal.complain(
        `rapport init: ${target} exists already, and nothing is overwritten. Choose another name.`,
      );
      return exitUsage;
    }
    mkdirSync(target, { recursive: true });
    const files = readdirSync(join(examples, from)).filter((file) => /\.(md|yaml)$/.test(file));
    for (const file of files) copyFileSync(join(examples, from, file), join(target, file));
    terminal.write(`${files.map((file) => join(target, file)).join('\n')}

Next:
  rapport check ${target}   is the agreement in order?
  rapport test ${target}    do its worked examples compute?
`);
    return exitOk;
  },
};
