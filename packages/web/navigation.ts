// SPDX-License-Identifier: Apache-2.0
// Which pages there are and what each needs, as data. A page about the whole workspace is offered only to those whose
// permission reaches beyond what is their own.
import type { IconName } from './parts/icons.tsx';
import type { Membership } from './session.ts';

export interface Place {
  readonly to:
    | '/$workspace/earnings'
    | '/$workspace/statements'
    | '/$workspace/what-if'
    | '/$workspace/facts'
    | '/$workspace/feeds'
    | '/$workspace/parties'
    | '/$workspace/agreements'
    | '/$workspace/periods'
    | '/$workspace/members'
    | '/$workspace/trail';
  readonly label: string;
  readonly icon: IconName;
  /** A permission of the service. */
  readonly needs: string;
  /** Not for those who may only see what is their own. */
  readonly isForAll?: boolean;
}

/** Pages in their order, in groups. */
export const places: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: 'Pay',
    places: [
      { to: '/$workspace/earnings', label: 'Earnings', icon: 'earnings', needs: 'earnings.read' },
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

/** What is offered to a member. */
export function placesOf({ may }: Pick<Membership, 'may'>): typeof places {
  const isOffered = ({ needs, isForAll = false }: Place) =>
    isForAll ? may[needs] === 'all' || may[needs] === 'team' : may[needs] !== undefined;
  return places
    .map((group) => ({ ...group, places: group.places.filter(isOffered) }))
    .filter((group) => group.places.length > 0);
}
