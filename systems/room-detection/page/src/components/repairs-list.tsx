/** What the detection fixed in the plan before it looked for rooms, each kind explained. */

import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Repair, RepairKind } from '../../../rooms/index.ts';
import { count, shortNumber } from '../plan/numbers.ts';

const explanations: Readonly<Record<RepairKind, string>> = {
  'joined-ends': 'Wall ends that missed each other were joined.',
  'snapped-end': 'A wall end that missed another wall’s side was moved onto it.',
  'bridged-gap': 'A loose wall end was carried on over a small gap.',
  'trimmed-overshoot': 'A wall end that went past another wall was cut off.',
  'dropped-short': 'A wall too short to matter was left out.',
  'thick-wall': 'The space between the two faces of a thick wall was not counted as a room.',
  sliver: 'A space too thin to be a room was not counted as one.',
};

const mostListed = 50;

/** Walls by their place in the file, as error messages name them. */
function told(repair: Repair): string {
  const distance = shortNumber(repair.distance);
  const walls = repair.walls.map((wall) => `walls[${wall}]`).join(', ');
  return `${distance} ${distance === '1' ? 'unit' : 'units'}${walls === '' ? '' : `, ${walls}`}`;
}

export interface RepairsListProps {
  readonly repairs: readonly Repair[];
  readonly counts: Readonly<Record<RepairKind, number>>;
}

export function RepairsList({ repairs, counts }: RepairsListProps) {
  const kinds = Object.entries(explanations).flatMap(([kind, text]) => {
    const known = kind as RepairKind;
    return counts[known] > 0 ? [{ kind: known, text, number: counts[known] }] : [];
  });
  const total = kinds.reduce((sum, { number }) => sum + number, 0);
  if (total === 0) {
    return (
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        Nothing had to be repaired: all walls meet as drawn.
      </Typography>
    );
  }
  return (
    <Accordion variant="outlined" disableGutters data-testid="repairs">
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>
        <Typography component="h3" variant="subtitle2">
          {count(total, 'repair')} to the plan
        </Typography>
      </AccordionSummary>
      <AccordionDetails sx={{ display: 'grid', gap: 2 }}>
        {kinds.map(({ kind, text, number }) => (
          <Box key={kind}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {text} ({number})
            </Typography>
            <Box component="ul" sx={{ m: 0, pl: 2.5, color: 'text.secondary', typography: 'body2' }}>
              {repairs
                .filter((repair) => repair.kind === kind)
                .slice(0, mostListed)
                .map((repair) => (
                  <li key={`${repair.at.join()}-${repair.walls.join()}`}>
                    at {repair.at.map(shortNumber).join(', ')}: {told(repair)}
                  </li>
                ))}
              {number > mostListed && <li>and {number - mostListed} more</li>}
            </Box>
          </Box>
        ))}
      </AccordionDetails>
    </Accordion>
  );
}
