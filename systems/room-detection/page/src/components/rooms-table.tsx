/** The rooms as a table: sorted by any column, a page at a time; a row in focus is the room shown on the plan. */
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TablePagination from '@mui/material/TablePagination';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { Room } from '../../../rooms/index.ts';
import { colourRooms, roomColour } from '../canvas/colours.ts';
import { percent, shortNumber } from '../plan/numbers.ts';
import { isUncertain } from '../plan/result.ts';

export interface RoomsTableProps {
  readonly rooms: readonly Room[];
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
}

/** Left out on a phone, where four columns do not fit. */
const wideOnly = { display: { xs: 'none', sm: 'table-cell' } } as const;

const columns = [
  { key: 'number', label: 'Room', numeric: false, of: (_room: Room, index: number) => index, sx: {} },
  { key: 'area', label: 'Area', numeric: true, of: (room: Room) => room.area, sx: {} },
  { key: 'perimeter', label: 'Perimeter', numeric: true, of: (room: Room) => room.perimeter, sx: wideOnly },
  { key: 'confidence', label: 'Confidence', numeric: true, of: (room: Room) => room.confidence, sx: {} },
] as const;

type ColumnKey = (typeof columns)[number]['key'];

const pageSizes = [25, 100, 250];

export function RoomsTable({ rooms, selected, onSelect }: RoomsTableProps) {
  const mode = useTheme().palette.mode;
  const [sort, setSort] = useState<{ key: ColumnKey; descending: boolean }>({
    key: 'number',
    descending: false,
  });
  const [page, setPage] = useState(0);
  const [pageSize, setPageSize] = useState(100);
  const colours = useMemo(() => colourRooms(rooms), [rooms]);
  const order = useMemo(() => {
    const value = columns.find(({ key }) => key === sort.key)?.of ?? columns[0].of;
    const sign = sort.descending ? -1 : 1;
    return rooms
      .map((room, index) => ({ room, index }))
      .sort((one, other) => sign * (value(one.room, one.index) - value(other.room, other.index)));
  }, [rooms, sort]);

  // A room chosen on the plan is brought onto the page that shows it.
  useEffect(() => {
    if (selected === undefined) return;
    const place = order.findIndex(({ index }) => index === selected);
    if (place >= 0) setPage(Math.floor(place / pageSize));
  }, [selected, order, pageSize]);

  const lastPage = Math.max(0, Math.ceil(rooms.length / pageSize) - 1);
  const shownPage = Math.min(page, lastPage);
  const shown = order.slice(shownPage * pageSize, (shownPage + 1) * pageSize);

  return (
    <Box>
      <TableContainer sx={{ maxHeight: 460 }}>
        <Table
          size="small"
          stickyHeader
          aria-label="Rooms"
          // On a phone three columns fit without a sideways scroll.
          sx={{
            '.MuiTableCell-root': { px: { xs: 0.5, sm: 2 } },
            '.MuiTableSortLabel-icon': { mx: { xs: 0, sm: 0.5 } },
          }}
        >
          <TableHead>
            <TableRow>
              {columns.map(({ key, label, numeric, sx }) => (
                <TableCell
                  key={key}
                  sx={sx}
                  align={numeric ? 'right' : 'left'}
                  sortDirection={sort.key === key ? (sort.descending ? 'desc' : 'asc') : false}
                >
                  <TableSortLabel
                    active={sort.key === key}
                    direction={sort.key === key && sort.descending ? 'desc' : 'asc'}
                    onClick={() => setSort({ key, descending: sort.key === key && !sort.descending })}
                  >
                    {label}
                  </TableSortLabel>
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody onKeyDown={moveFocus}>
            {shown.map(({ room, index }) => (
              <TableRow
                key={room.id}
                hover
                selected={index === selected}
                data-testid="room-row"
                onClick={() => onSelect(index)}
                sx={{ cursor: 'pointer' }}
              >
                <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
                  <Button
                    size="small"
                    color="inherit"
                    aria-pressed={index === selected}
                    onFocus={() => onSelect(index)}
                    startIcon={
                      <Box
                        component="span"
                        sx={{ width: 16, height: 16, borderRadius: 0.5, border: 1, borderColor: 'divider' }}
                        style={{ backgroundColor: roomColour(mode, colours[index] ?? 0) }}
                      />
                    }
                  >
                    Room {index + 1}
                  </Button>
                </TableCell>
                <TableCell align="right">{shortNumber(room.area)}</TableCell>
                <TableCell align="right" sx={wideOnly}>
                  {shortNumber(room.perimeter)}
                </TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  {isUncertain(room) && (
                    <WarningAmberIcon
                      fontSize="inherit"
                      color="warning"
                      titleAccess="Please check this room"
                      sx={{ mr: 0.5, verticalAlign: 'text-bottom' }}
                    />
                  )}
                  {percent(room.confidence)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {rooms.length > (pageSizes[0] ?? 0) && (
        <TablePagination
          component="div"
          count={rooms.length}
          page={shownPage}
          onPageChange={(_event, next) => setPage(next)}
          rowsPerPage={pageSize}
          onRowsPerPageChange={(event) => {
            setPageSize(Number(event.target.value));
            setPage(0);
          }}
          rowsPerPageOptions={pageSizes}
          labelRowsPerPage="Rooms a page"
        />
      )}
    </Box>
  );
}

/** Arrow keys go from row to row, as in a list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
