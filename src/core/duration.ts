/** How durations are written for people, everywhere: `45 ms`, `1.2 s`, `2 min 30 s`, `1 h 20 min`, `2 d 15 h`. */
export function formatDuration(seconds: number): string {
  if (Number.isNaN(seconds)) return 'an unknown time';
  if (!Number.isFinite(seconds)) return 'for ever';
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds === 0) return '0 s';
  // Rounded before the unit is chosen, so that 0.9996 s is 1 s and 119.7 s is 2 min.
  const milliseconds = Math.round(seconds * 1000);
  if (milliseconds === 0) return '<1 ms';
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const tenths = Math.round(seconds * 10);
  if (tenths < 100) return `${tenths / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 600) return twoUnits(whole, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return twoUnits(minutes, 60, 'h', 'min');
  const hours = Math.round(seconds / 3600);
  return twoUnits(hours, 24, 'd', 'h');
}

function twoUnits(count: number, perLarge: number, large: string, small: string): string {
  const rest = count % perLarge;
  const whole = `${Math.floor(count / perLarge).toLocaleString('en-US')} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
