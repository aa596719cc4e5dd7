// SPDX-License-Identifier: Apache-2.0
// What stands around every page of a workspace: where one can go, whose data it is, who is signed in. On a wide screen
// the pages stand in a column at the left; on a phone they open below the top line.
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { placesOf } from '../navigation.ts';
import { type Membership, signOut, useMembership, useSession } from '../session.ts';
import { ownTermsQuery } from '../terms.ts';
import { Icon, Mark } from './icons.tsx';
import styles from './shell.module.css';

export function Shell() {
  const membership = useMembership();
  const { pathname } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const menu = useId();
  const content = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  // Whoever has gone somewhere does not need the list any longer, and reads on from the new page.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    setOpen(false);
    content.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#content">
        Skip to the content
      </a>
      <header className={styles['top']}>
        <Link to="/" className={styles['home']}>
          <Mark size={26} />
          <span>{membership.title}</span>
        </Link>
        <UnstyledButton
          className={styles['menuButton']}
          aria-expanded={isOpen}
          aria-controls={menu}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'close' : 'menu'} size={20} />
          <span className="visually-hidden">{isOpen ? 'Close the menu' : 'Open the menu'}</span>
        </UnstyledButton>
        <nav id={menu} className={styles['nav']} data-open={isOpen || undefined} aria-label="Pages">
          <Pages membership={membership} />
          <Account />
        </nav>
      </header>
      <main ref={content} id="content" className={styles['content']} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function Pages({ membership }: { readonly membership: Membership }) {
  const { data: terms = null } = useQuery(ownTermsQuery(membership));
  const groups = placesOf(membership, terms);
  return groups.map((group) => (
    <div key={group.title} className={styles['group']}>
      {groups.length > 1 && <p className={styles['groupTitle']}>{group.title}</p>}
      <ul>
        {group.places.map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ workspace: membership.workspace }}
              className={styles['place']}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon name={icon} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

function Account() {
  const { name, email, workspaces } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  return (
    <div className={styles['account']}>
      <Menu width={230} position="top-start">
        <Menu.Target>
          <UnstyledButton className={styles['place']}>
            <Icon name="person" />
            <span className={styles['name']}>{name ?? email}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {workspaces.length > 1 && (
            <>
              <Menu.Label>Workspaces</Menu.Label>
              {workspaces.map(({ workspace, title }) => (
                <Menu.Item
                  key={workspace}
                  onClick={() => void navigate({ to: '/$workspace', params: { workspace } })}
                >
                  {title}
                </Menu.Item>
              ))}
              <Menu.Divider />
            </>
          )}
          <Menu.Label>Appearance</Menu.Label>
          {schemes.map(({ value, label }) => (
            <Menu.Item
              key={value}
              role="menuitemradio"
              aria-checked={colorScheme === value}
              onClick={() => setColorScheme(value)}
              rightSection={colorScheme === value ? <Icon name="check" size={14} /> : null}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => void navigate({ to: '/account' })}>Password and passkeys</Menu.Item>
          <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
