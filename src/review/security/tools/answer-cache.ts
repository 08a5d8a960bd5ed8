/**
 * Answers of outside tools kept in a folder, by everything that they follow from: the question (templates and options)
 * and the versions of the packages. Loading the tools takes longer than the rest of a review; a template that has not
 * changed need not be asked about again. What cannot be read or written is a miss, never an error.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requireFirst } from './require-first.ts';
import type { Answer, Question } from './worker.ts';

interface AnswerCache {
  read(question: Question): Answer | undefined;
  write(question: Question, answer: Answer): void;
}

/** A megabyte or two. */
const kept = 64;

const packages = {
  'cdk-nag': ['cdk-nag', 'aws-cdk-lib/core'],
  'cloudformation-validate': ['@aws/cloudformation-validate'],
} as const satisfies Record<Question['tool'], readonly string[]>;

export const noCache: AnswerCache = { read: () => undefined, write: () => {} };

export function answerCache(
  folder: string,
  placesOf: Readonly<Record<Question['tool'], readonly string[]>>,
): AnswerCache {
  const fileOf = ({ tool, input }: Question): string | undefined => {
    const versions = packages[tool].map((name) => installedVersion(name, placesOf[tool]));
    if (versions.includes(undefined)) return undefined;
    const { from: _, ...asked } = { from: undefined, ...input };
    const key = createHash('sha256').update(JSON.stringify([tool, versions, asked]));
    return join(folder, `${tool}-${key.digest('hex').slice(0, 40)}.json`);
  };
  return {
    read(question) {
      const begun = performance.now();
      const file = fileOf(question);
      if (file === undefined) return undefined;
      try {
        // Only `write` below puts files of this name here; a half-written one does not parse.
        const answer = JSON.parse(readFileSync(file, 'utf8')) as Answer;
        return answer.outcome === 'ran' ? { ...answer, milliseconds: performance.now() - begun } : undefined;
      } catch {
        return undefined;
      }
    },
    write(question, answer) {
      const file = fileOf(question);
      if (file === undefined || answer.outcome !== 'ran') return;
      try {
        mkdirSync(folder, { recursive: true });
        const fresh = `${file}.${process.pid}`;
        writeFileSync(fresh, JSON.stringify(answer));
        renameSync(fresh, file);
        forgetOldest(folder);
      } catch {
        // A read-only or full disk costs time, not the review.
      }
    },
  };
}

function forgetOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^(cdk-nag|cloudformation-validate)-/.test(name))
    .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { file } of files.slice(kept)) rmSync(file, { force: true });
}

function installedVersion(name: string, from: readonly string[]): string | undefined {
  const owner = name.startsWith('@') ? name : name.split('/')[0];
  try {
    let folder = dirname(requireFirst(from).resolve(name));
    while (folder !== dirname(folder)) {
      const found = packageIn(folder);
      if (found?.name === owner) return found?.version;
      folder = dirname(folder);
    }
  } catch {
    // Not installed: the worker will say so.
  }
  return undefined;
}

function packageIn(folder: string): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly name?: string;
      readonly version?: string;
    };
  } catch {
    return undefined;
  }
}
