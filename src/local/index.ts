/** The local cloud: `slipway/local`. */
export { defaultPort, type LocalCloud, type LocalCloudOptions, startLocalCloud } from './cloud.ts';
