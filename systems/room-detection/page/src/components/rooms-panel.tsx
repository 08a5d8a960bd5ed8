/** The result in words: what to check, the rooms as a table, the repairs. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { count, percent, shortNumber } from '../plan/numbers.ts';
import { isUncertain, type JobResult, lowConfidence } from '../plan/result.ts';
import { RepairsList } from './repairs-list.tsx';
import { RoomsTable } from './rooms-table.tsx';

export interface RoomsPanelProps {
  readonly result: JobResult;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  readonly showRepairs: boolean;
  readonly onShowRepairs: (show: boolean) => void;
}

export function RoomsPanel({ result, selected, onSelect, showRepairs, onShowRepairs }: RoomsPanelProps) {
  const uncertain = result.rooms.filter(isUncertain).length;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby="rooms-title"
      sx={{ p: 2, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline' }}>
        <Typography id="rooms-title" variant="subtitle1" component="h2" sx={{ fontWeight: 600, flex: 1 }}>
          {count(result.rooms_count, 'room')}, {shortNumber(result.total_area)} square units
        </Typography>
        {result.repairs.length > 0 && (
          <FormControlLabel
            control={<Switch checked={showRepairs} onChange={(_event, show) => onShowRepairs(show)} />}
            label="Show repairs on the plan"
          />
        )}
      </Box>
      {result.rooms_count === 0 && (
        <Alert severity="info" variant="outlined">
          No wall encloses a space. Check that the walls of each room meet, and that the gaps between their
          ends are small against the rooms.
        </Alert>
      )}
      {uncertain > 0 && (
        <Alert severity="warning" variant="outlined" data-testid="uncertain">
          {count(uncertain, 'room')} below {percent(lowConfidence)} confidence: hatched on the plan. The walls
          around such a room did not quite meet, or its shape is thin; look at the repairs and fix the walls
          there.
        </Alert>
      )}
      {result.rooms_count > 0 && <RoomsTable rooms={result.rooms} selected={selected} onSelect={onSelect} />}
      <RepairsList repairs={result.repairs} counts={result.stats.repairs} />
    </Paper>
  );
}
