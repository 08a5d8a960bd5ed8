/** The local cloud: `slipway/local`. */
export { defaultPort, type LocalCloud, type LocalCloudOptions, startLocalCloud } from './cloud.ts';
export { runDockerStandIn, type StandInOptions } from './compute/images/docker-stand-in.ts';
export { type PushImageOptions, pushImage } from './compute/images/push.ts';
