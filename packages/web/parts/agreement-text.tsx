// SPDX-License-Identifier: Apache-2.0
// An agreement as its parties read it: the signed words in the serif, each formula under the prose that says the same,
// and below it the reading, which a machine wrote from the formula. Values that were filled in stand out with their
// names. Only these kinds of Markdown are shown; anything else stands as the plain text that it is.
import type { Nodes, PhrasingContent, Root, RootContent, TableCell } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { Fragment, type ReactNode, useMemo } from 'react';
import styles from './agreement-text.module.css';

export function AgreementText({ document }: { readonly document: string }) {
  const root = useMemo(() => parsed(document), [document]);
  return <article className={styles['document']}>{blocks(root.children, document)}</article>;
}

function parsed(text: string): Root {
  return fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

function blocks(nodes: readonly RootContent[], text: string): ReactNode {
  return nodes.map((node, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a document is only ever read.
    <Fragment key={place}>{block(node, text)}</Fragment>
  ));
}

function block(node: RootContent, text: string): ReactNode {
  switch (node.type) {
    case 'heading':
      return node.depth === 1 ? (
        <h2 className={styles['title']}>{words(node.children, text)}</h2>
      ) : (
        <h3>{words(node.children, text)}</h3>
      );
    case 'paragraph':
      return <p>{words(node.children, text)}</p>;
    case 'blockquote':
      return (
        <div className={styles['reading']} role="note">
          {blocks(node.children, text)}
        </div>
      );
    case 'code':
      return <pre className={styles['formula']}>{node.value}</pre>;
    case 'list': {
      const List = node.ordered === true ? 'ol' : 'ul';
      return <List>{blocks(node.children, text)}</List>;
    }
    case 'listItem':
      return <li>{blocks(node.children, text)}</li>;
    case 'table':
      return <Table rows={node.children.map(({ children }) => children)} text={text} />;
    case 'thematicBreak':
      return <hr />;
    default:
      return <p>{sourceOf(node, text)}</p>;
  }
}

function Table({ rows, text }: { readonly rows: readonly (readonly TableCell[])[]; readonly text: string }) {
  const [head = [], ...body] = rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
    <section className={styles['table']} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a document is only ever read.
              <th key={place} scope="col">
                {words(cell.children, text)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, rowPlace) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <tr key={rowPlace}>
              {row.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={place}>{words(cell.children, text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function words(nodes: readonly PhrasingContent[], text: string): ReactNode {
  return nodes.map((node, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a document is only ever read.
    <Fragment key={place}>{phrase(node, text)}</Fragment>
  ));
}

function phrase(node: PhrasingContent, text: string): ReactNode {
  switch (node.type) {
    case 'text':
      return withBlanks(node.value);
    case 'strong':
      return <strong>{words(node.children, text)}</strong>;
    case 'emphasis':
      return <em>{words(node.children, text)}</em>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'break':
      return <br />;
    default:
      return sourceOf(node, text);
  }
}

/** `[5% : Base Rate]` as its value with its name. */
function withBlanks(text: string): ReactNode {
  return text.split(/(\[[^\][]+? : [^\][]+?\])/).map((piece, place) => {
    const found = /^\[(.+?) : (.+)\]$/.exec(piece);
    if (found === null) return piece;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a document is only ever read.
      <span key={place} className={styles['blank']}>
        {found[1]}
        <span className={styles['blankName']}>
          <span className="visually-hidden">, </span>
          {found[2]}
        </span>
      </span>
    );
  });
}

function sourceOf({ position }: Nodes, text: string): string {
  return text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}
