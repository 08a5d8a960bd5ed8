/** Light and dark: what the system asks for, until the reader chooses; the choice is kept. */
import CssBaseline from '@mui/material/CssBaseline';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Mode } from './canvas/colours.ts';

const key = 'room-detection.mode';

const ToggleMode = createContext<() => void>(() => {});
export const useToggleMode = (): (() => void) => useContext(ToggleMode);

const keptMode = (): Mode | undefined => {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : undefined;
  } catch {
    return undefined;
  }
};

const keepMode = (mode: Mode): void => {
  try {
    localStorage.setItem(key, mode);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
};

const themeFor = (mode: Mode) =>
  createTheme({
    palette:
      mode === 'light'
        ? { mode, primary: { main: '#1f5fbf' }, background: { default: '#f3f5f9', paper: '#ffffff' } }
        : { mode, primary: { main: '#8ab8ff' }, background: { default: '#0e1116', paper: '#14181e' } },
    shape: { borderRadius: 10 },
    typography: { fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif' },
    components: {
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: { root: { textTransform: 'none' } },
      },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    },
  });

export function ThemeRoot({ children }: { readonly children: ReactNode }) {
  const dark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const [chosen, setChosen] = useState(keptMode);
  const mode: Mode = chosen ?? (dark ? 'dark' : 'light');
  const theme = useMemo(() => themeFor(mode), [mode]);
  const toggle = useMemo(
    () => () => {
      const next: Mode = mode === 'dark' ? 'light' : 'dark';
      keepMode(next);
      setChosen(next);
    },
    [mode],
  );
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline enableColorScheme />
      <ToggleMode.Provider value={toggle}>{children}</ToggleMode.Provider>
    </ThemeProvider>
  );
}
