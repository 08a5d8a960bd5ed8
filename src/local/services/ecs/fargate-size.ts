/** Sizes Fargate has. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
import { clientError } from './errors.ts';

/** By CPU units: minimum, maximum and step of the memory in MiB. */
const sizes: Readonly<Record<number, readonly [number, number, number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/** `256`, `.25 vCPU`, `512`, `0.5 GB` */
export function fargateSize(cpuText: string | undefined, memoryText: string | undefined) {
  if (!cpuText) throw clientError("Fargate requires that 'cpu' be defined at the task level.");
  if (!memoryText) throw clientError("Fargate requires that 'memory' be defined at the task level.");
  const cpu = /vcpu/i.test(cpuText) ? Number.parseFloat(cpuText) * 1024 : Number(cpuText);
  const memory = /gb/i.test(memoryText) ? Number.parseFloat(memoryText) * 1024 : Number(memoryText);
  const [minMemory, maxMemory, step] = sizes[cpu] ?? [];
  if (minMemory === undefined || maxMemory === undefined || step === undefined)
    throw clientError("Invalid 'cpu' setting for task.");
  const fits =
    memory >= minMemory && memory <= maxMemory && memory % step === 0 && !(cpu === 256 && memory === 1536);
  if (!fits)
    throw clientError(
      `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`,
    );
  return { cpu, memory };
}
