/** The thread that detects rooms, apart from the one that answers the health check. Built as its own file. */
import { parentPort } from 'node:worker_threads';
import { type DetectionRequest, detect } from './detection.ts';

parentPort?.on('message', (request: DetectionRequest) => parentPort?.postMessage(detect(request)));
