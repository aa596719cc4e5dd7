// SPDX-License-Identifier: Apache-2.0
// Which pages there are and what each needs, as data. A page about the whole workspace is offered only to those whose
// permission reaches beyond what is their own.
import type { IconName } from './parts/icons.tsx';
import type { Membership } from './session.ts';
import type { Terms } from './terms.ts';

export interface Place {
  readonly to:
    | '/$workspace/overview'
    | '/$workspace/earnings'
    | '/$workspace/wallet'
    | '/$workspace/statements'
    | '/$workspace/what-if'
    | '/$workspace/facts'
    | '/$workspace/feeds'
    | '/$workspace/parties'
    | '/$workspace/agreements'
    | '/$workspace/periods'
    | '/$workspace/books'
    | '/$workspace/members'
    | '/$workspace/trail';
  readonly label: string;
  readonly icon: IconName;
  /** A permission of the service. */
  readonly needs: string;
  /** Not for those who may only see what is their own. */
  readonly isForAll?: boolean;
  /** Only where it says something: to who is no party, or to a party whose points are kept. */
  readonly isFor?: 'staff' | 'points';
}

/** Pages in their order, in groups. */
export const places: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: 'Pay',
    places: [
      {
        to: '/$workspace/overview',
        label: 'Overview',
        icon: 'overview',
        needs: 'periods.read',
        isFor: 'staff',
      },
      { to: '/$workspace/earnings', label: 'Earnings', icon: 'earnings', needs: 'earnings.read' },
      { to: '/$workspace/wallet', label: 'Points', icon: 'wallet', needs: 'wallets.read', isFor: 'points' },
      { to: '/$workspace/statements', label: 'Statements', icon: 'statement', needs: 'statements.read' },
      { to: '/$workspace/what-if', label: 'What if', icon: 'question', needs: 'earnings.forecast' },
    ],
  },
  {
    title: 'Books',
    places: [
      { to: '/$workspace/facts', label: 'Facts', icon: 'fact', needs: 'facts.read' },
      { to: '/$workspace/feeds', label: 'Feeds', icon: 'upload', needs: 'feeds.read' },
      { to: '/$workspace/parties', label: 'Parties', icon: 'people', needs: 'parties.read', isForAll: true },
      { to: '/$workspace/agreements', label: 'Agreements', icon: 'agreement', needs: 'agreements.read' },
      { to: '/$workspace/periods', label: 'Periods', icon: 'period', needs: 'periods.read' },
      { to: '/$workspace/books', label: 'Checks', icon: 'check', needs: 'jobs.read' },
    ],
  },
  {
    title: 'House',
    places: [
      { to: '/$workspace/members', label: 'Members and keys', icon: 'key', needs: 'members.read' },
      { to: '/$workspace/trail', label: 'Audit trail', icon: 'trail', needs: 'audit.read' },
    ],
  },
];

/** What is offered to a member; points come first where nothing that the party gets belongs to a period. */
export function placesOf(
  { may, party }: Pick<Membership, 'may' | 'party'>,
  terms: Terms | null = null,
): typeof places {
  const isOffered = ({ needs, isForAll = false, isFor }: Place) =>
    (isForAll ? may[needs] === 'all' || may[needs] === 'team' : may[needs] !== undefined) &&
    (isFor !== 'staff' || party === null) &&
    (isFor !== 'points' || (terms !== null && terms.keeping.length > 0));
  const isPointsFirst = party !== null && terms?.paying.every(({ hasPeriods }) => !hasPeriods) === true;
  return places
    .map((group) => ({ ...group, places: group.places.filter(isOffered) }))
    .map((group) => ({ ...group, places: isPointsFirst ? pointsFirst(group.places) : group.places }))
    .filter((group) => group.places.length > 0);
}

function pointsFirst(some: readonly Place[]): readonly Place[] {
  return [...some].sort((a, b) => Number(b.isFor === 'points') - Number(a.isFor === 'points'));
}
