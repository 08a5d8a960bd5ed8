/** Small round buttons that lie on a drawing. */
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';

export interface ToolButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

export const ToolButton = ({ label, icon, onClick }: ToolButtonProps) => (
  <Tooltip title={label} placement="top">
    <IconButton
      aria-label={label}
      onClick={onClick}
      sx={{ bgcolor: 'background.paper', boxShadow: 2, '&:hover': { bgcolor: 'action.selected' } }}
    >
      {icon}
    </IconButton>
  </Tooltip>
);

export const ToolStack = ({ children }: { readonly children: ReactNode }) => (
  <Box sx={{ position: 'absolute', right: 12, bottom: 12, display: 'flex', gap: 1 }}>{children}</Box>
);
