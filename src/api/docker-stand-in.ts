/** The program that apps run in place of docker while they are synthesized, when no docker runs on this machine. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { viewsMissing } from '../local/compute/images/view.ts';

/** @returns its path; undefined where docker runs, where the user has named a program, or where it could not run anything */
export function dockerStandIn(): string | undefined {
  if (process.env.CDK_DOCKER || dockerRuns() || viewsMissing() !== undefined) return undefined;
  // Built, this file lies in dist; as source, one folder further down.
  const places = ['../bin', '../../bin'].map((place) =>
    join(import.meta.dirname, place, 'slipway-docker.mjs'),
  );
  return places.find((place) => existsSync(place));
}

/** The command alone does nothing: it needs its daemon. */
function dockerRuns(): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (!folders.some((folder) => existsSync(join(folder, 'docker')))) return false;
  if (process.env.DOCKER_HOST || existsSync('/var/run/docker.sock')) return true;
  try {
    execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'pipe', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}
