/** Name of the page and the switch between light and dark. */
import DarkModeIcon from '@mui/icons-material/DarkMode';
import LightModeIcon from '@mui/icons-material/LightMode';
import AppBar from '@mui/material/AppBar';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useTheme } from '@mui/material/styles';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import { useToggleMode } from '../theme.tsx';

export function TopBar() {
  const dark = useTheme().palette.mode === 'dark';
  const toggle = useToggleMode();
  const label = dark ? 'Use the light theme' : 'Use the dark theme';
  return (
    <AppBar
      position="static"
      color="transparent"
      elevation={0}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
    >
      <Toolbar sx={{ gap: 1.5, py: 0.75 }}>
        <Box component="img" src="/icon.svg" alt="" width={32} height={32} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h6" component="h1" sx={{ lineHeight: 1.2 }}>
            Room Detection
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            A floor plan goes in, its rooms come back.
          </Typography>
        </Box>
        <IconButton aria-label={label} title={label} onClick={toggle}>
          {dark ? <LightModeIcon /> : <DarkModeIcon />}
        </IconButton>
      </Toolbar>
    </AppBar>
  );
}
