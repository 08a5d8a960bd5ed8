/** How a cloud ends: who may ask for it, and in which order things stop. */
import type { Timer } from '../../core/clock.ts';
import type { AwsHostsListener } from './aws-hosts.ts';
import type { Listener } from './listen.ts';
import type { Recorders } from './recorders.ts';
import type { CloudServices } from './services.ts';
import type { CloudState } from './state.ts';

/** The control interface asks the host, which decides. */
export function stopRequests() {
  const asked: (() => void)[] = [];
  return {
    onStopRequest: (stop: () => void) => void asked.push(stop),
    requestStop() {
      for (const stop of asked) stop();
    },
  };
}

interface Running {
  readonly state: CloudState;
  readonly listener: Listener;
  readonly awsHosts: AwsHostsListener;
  readonly services: CloudServices;
  readonly recorders: Recorders;
  readonly syncer: Timer;
}

/** Functions and tasks end their calls while the edge still answers; then the services stop, then the records close. */
export async function stopCloud({
  state,
  listener,
  awsHosts,
  services,
  recorders,
  syncer,
}: Running): Promise<void> {
  const { server } = listener;
  await Promise.allSettled((await services.loaded()).map((service) => service.drain?.()));
  server.closeIdleConnections();
  server.close();
  for (const service of await services.loaded()) await service.stop?.();
  server.closeAllConnections();
  awsHosts.close();
  syncer.cancel();
  recorders.stop();
  await state.close();
}
