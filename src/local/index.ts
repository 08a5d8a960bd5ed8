/** The local cloud: `slipway/local`. */
export { defaultPort, type LocalCloud, type LocalCloudOptions, startLocalCloud } from './cloud.ts';
export { type PushImageOptions, pushImage } from './compute/images/push.ts';
