/** The drawing board's tools: grid, kind of wall, undo, and the way out. */
import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DeleteIcon from '@mui/icons-material/Delete';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { SelectField } from '../components/select-field.tsx';
import { canUndo, type Draft, type DrawOptions } from './draft.ts';

export interface DrawSettings extends DrawOptions {
  readonly grid: number;
}

export interface DrawBarProps {
  readonly draft: Draft;
  readonly settings: DrawSettings;
  readonly onSettings: (settings: DrawSettings) => void;
  readonly onUndo: () => void;
  readonly onClear: () => void;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

const labelText = { typography: { variant: 'body2' } } as const;

const grids = [0.1, 0.25, 0.5, 1, 5, 10];

export function DrawBar({ draft, settings, onSettings, onUndo, onClear, onCancel, onDone }: DrawBarProps) {
  return (
    <Box sx={{ px: 1.5, pt: 1.5, pb: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          '.MuiFormControlLabel-root': { mr: 1 },
        }}
      >
        <SelectField
          label="Grid"
          value={String(settings.grid)}
          onChange={(grid) => onSettings({ ...settings, grid: Number(grid) })}
          width={84}
        >
          {grids.map((grid) => (
            <option key={grid} value={grid}>
              {grid}
            </option>
          ))}
        </SelectField>
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={settings.chain}
              onChange={(_event, chain) => onSettings({ ...settings, chain })}
            />
          }
          label="Continue"
          slotProps={labelText}
          title="The next wall begins where the last one ended"
        />
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={settings.bearing}
              onChange={(_event, bearing) => onSettings({ ...settings, bearing })}
            />
          }
          label="Load-bearing"
          slotProps={labelText}
        />
        <Box sx={{ flex: 1 }} />
        <Tooltip title="Undo">
          <span>
            <IconButton aria-label="Undo" disabled={!canUndo(draft)} onClick={onUndo}>
              <UndoIcon />
            </IconButton>
          </span>
        </Tooltip>
        <Tooltip title="Remove all walls">
          <span>
            <IconButton aria-label="Remove all walls" disabled={draft.walls.length === 0} onClick={onClear}>
              <DeleteIcon />
            </IconButton>
          </span>
        </Tooltip>
        <Tooltip title="Leave without using the drawing">
          <IconButton aria-label="Leave without using the drawing" onClick={onCancel}>
            <CloseIcon />
          </IconButton>
        </Tooltip>
        <Button
          variant="contained"
          startIcon={<CheckIcon />}
          disabled={draft.walls.length === 0}
          onClick={onDone}
          data-testid="draw-done"
        >
          Use plan
        </Button>
      </Box>
      <Typography variant="caption" sx={{ color: 'text.secondary', display: 'block', mt: 0.5 }}>
        Click or tap corner after corner, or drag a wall.
        <Box component="span" sx={{ '@media (pointer: coarse)': { display: 'none' } }}>
          {' '}
          Keyboard: arrows move, Enter begins and ends a wall, Esc gives it up, U undoes.
        </Box>
      </Typography>
    </Box>
  );
}
