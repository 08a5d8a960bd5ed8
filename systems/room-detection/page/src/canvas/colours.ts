/** Room colours: few, told apart in light and dark, and never the same for two rooms that share a wall. */
import type { Room } from '../../../rooms/index.ts';

export type Mode = 'light' | 'dark';

const hues = [212, 150, 38, 282, 98, 338, 20, 186, 255, 62] as const;

export const colourCount = hues.length;

export const roomColour = (mode: Mode, colour: number): string => {
  const hue = hues[colour % hues.length] ?? 0;
  return mode === 'light' ? `hsl(${hue} 68% 83%)` : `hsl(${hue} 36% 30%)`;
};

export const inkFor = (mode: Mode) =>
  mode === 'light'
    ? {
        paper: '#ffffff',
        wall: '#27313f',
        text: '#1d2733',
        mark: '#b3261e',
        accent: '#1f5fbf',
        grid: '#e3e8ef',
        hatch: 'rgb(60 20 0 / 28%)',
      }
    : {
        paper: '#14181e',
        wall: '#cfd8e3',
        text: '#eef2f7',
        mark: '#ff8a80',
        accent: '#8ab8ff',
        grid: '#262d37',
        hatch: 'rgb(255 255 255 / 26%)',
      };

export type Ink = ReturnType<typeof inkFor>;

/** One colour number for each room, each starting its search elsewhere so that all colours are used. */
export function colourRooms(rooms: readonly Pick<Room, 'id' | 'neighbours'>[]): Uint8Array {
  const indexOf = new Map(rooms.map((room, index) => [room.id, index]));
  const none = 255;
  const colours = new Uint8Array(rooms.length).fill(none);
  rooms.forEach((room, index) => {
    const taken = new Set<number>();
    for (const neighbour of room.neighbours) {
      const other = indexOf.get(neighbour);
      if (other !== undefined) taken.add(colours[other] ?? none);
    }
    let colour = index % hues.length;
    for (let tries = 0; tries < hues.length && taken.has(colour); tries += 1)
      colour = (colour + 1) % hues.length;
    colours[index] = colour;
  });
  return colours;
}
