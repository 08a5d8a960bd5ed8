/** Where Slipway keeps what it can work out again: the user's cache folder, as the operating system has it; never a project. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export function cacheFolder(
  part: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = environment.XDG_CACHE_HOME;
  // The XDG specification has relative paths ignored.
  const base =
    given !== undefined && isAbsolute(given)
      ? given
      : platform === 'win32'
        ? (environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
        : platform === 'darwin'
          ? join(homedir(), 'Library', 'Caches')
          : join(homedir(), '.cache');
  return join(base, 'slipway', part);
}
