// SPDX-License-Identifier: Apache-2.0
// A reading: plain sentences, of which those that begin with "- " are items of a list.

export function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  const blocks: (string | string[])[] = [];
  for (const sentence of sentences) {
    const last = blocks.at(-1);
    if (!sentence.startsWith('- ')) blocks.push(sentence);
    else if (Array.isArray(last)) last.push(sentence.slice(2));
    else blocks.push([sentence.slice(2)]);
  }
  return blocks.map((block, place) =>
    typeof block === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a reading is only ever read.
      <p key={place}>{block}</p>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <ul key={place}>
        {block.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    ),
  );
}
