/** What is known of the room under the pointer, in focus or tapped; read out as it changes. */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { Room } from '../../../rooms/index.ts';
import { count, percent, shortNumber } from '../plan/numbers.ts';
import { isUncertain } from '../plan/result.ts';

export interface RoomCardProps {
  readonly room: Room | undefined;
  readonly number: number;
  /** Stand at the foot of the plan, where the room itself is not. */
  readonly low: boolean;
}

export function RoomCard({ room, number, low }: RoomCardProps) {
  return (
    <Box
      aria-live="polite"
      sx={{
        position: 'absolute',
        left: 12,
        ...(low ? { bottom: 12 } : { top: 12 }),
        maxWidth: 'calc(100% - 24px)',
        pointerEvents: 'none',
      }}
    >
      {room !== undefined && (
        <Paper variant="outlined" data-testid="room-info" sx={{ px: 1.5, py: 1, boxShadow: 4 }}>
          <Typography variant="subtitle2">Room {number}</Typography>
          <Typography variant="body2">Area {shortNumber(room.area)} square units</Typography>
          <Typography variant="body2">
            Confidence {percent(room.confidence)}
            {isUncertain(room) ? ' – please check' : ''}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {count(room.walls.length, 'wall')}, {count(room.neighbours.length, 'neighbour')}
          </Typography>
        </Paper>
      )}
    </Box>
  );
}
