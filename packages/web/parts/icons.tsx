// SPDX-License-Identifier: Apache-2.0
// The few signs that the pages use, drawn on one 16-unit grid with one stroke. They never stand alone for a meaning:
// a word or a label is always beside them, so they are hidden from screen readers.

const paths = {
  earnings: 'M2.5 12.5 6 8.5l2.5 2 5-6.5M10 4h3.5v3.5',
  overview: 'M2.5 2.5h4.5v5H2.5zM9 2.5h4.5v3H9zM9 7.5h4.5v6H9zM2.5 9.5h4.5v4H2.5z',
  wallet: 'M2.5 4.75h11v8.5h-11zM2.5 4.75 10.5 2v2.75M10.25 9h.1',
  statement: 'M4 1.75h6L13 5v9.25H4zM9.75 2v3.25H13M6.25 8.25h4.5M6.25 11h4.5',
  question: 'M5.75 6a2.25 2.25 0 1 1 3.4 1.95C8.4 8.4 8 8.8 8 9.75M8 12.2v.1',
  fact: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  people: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.75c.4-2.5 2.4-4 5-4s4.6 1.5 5 4',
  agreement: 'M3.5 2h9v12h-9zM6 5h4M6 7.75h4M6 11.6c1-1.3 1.6-1.3 2 0 .5-.8 1-.8 2 0',
  period: 'M2.5 3.75h11v10h-11zM2.5 6.75h11M5.25 2v3M10.75 2v3',
  key: 'M9.5 9.5a3.5 3.5 0 1 0-3-1.7L2.25 12v2h2.25v-1.75H6.25V10.5H7.8zM10.5 5.5v.1',
  trail: 'M8 4v4l2.75 1.75M2.5 8a5.5 5.5 0 1 0 1.6-3.9L2.5 5.7M2.5 2.5v3.25h3.25',
  chevron: 'M6 3.75 10.25 8 6 12.25',
  menu: 'M2 4.5h12M2 8h12M2 11.5h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  download: 'M8 2v8.5M4.5 7.25 8 10.75l3.5-3.5M2.5 13.75h11',
  upload: 'M8 10.75V2.25M4.5 5.75 8 2.25l3.5 3.5M2.5 13.75h11',
  check: 'M2.75 8.5 6.25 12l7-8',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10M10.75 10.75 14 14',
  light:
    'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  person: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.75c.4-2.5 2.4-4 5-4s4.6 1.5 5 4',
} as const;

export type IconName = keyof typeof paths;

/** A sign of `size` CSS pixels in the colour of the text around it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        stroke="currentColor"
        strokeWidth="1.35"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The mark of the product: two entries and the line between them that balances. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path
        d="M7 10.5h7.5M7 16h18M17.5 21.5H25"
        stroke="var(--paper)"
        strokeWidth="2.6"
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  );
}
