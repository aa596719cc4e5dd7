// SPDX-License-Identifier: Apache-2.0
// How the pages look: calm paper and ink, one colour of our own, fonts that the reader's system already has. Words of
// an agreement and headings are set in the serif, everything that we say or compute in the sans with even figures.
// The colours of surfaces stand in styles.css as variables; here they reach Mantine's own controls.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#eef6f4',
  '#d9eae7',
  '#b0d3cd',
  '#84bbb3',
  '#5fa69c',
  '#3a8d83',
  '#1d766d',
  '#0e5c57',
  '#0b4c48',
  '#083a37',
];

const brick: MantineColorsTuple = [
  '#fbefec',
  '#f3dad4',
  '#e6b2a6',
  '#d98975',
  '#cb664d',
  '#b94f35',
  '#a83f26',
  '#93341e',
  '#7c2b19',
  '#642214',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { petrol, brick },
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-serif)', fontWeight: '500' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '5px', md: '8px', lg: '12px', xl: '18px' },
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Loader: { defaultProps: { type: 'dots' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { shadow: 'sm', position: 'bottom-end' } },
  },
});

/** Mantine's surfaces and text take our colours, so that light and dark are decided in one place. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': 'var(--ink-soft)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--sunk)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--negative)',
  };
  return { variables: {}, light: shared, dark: shared };
};
