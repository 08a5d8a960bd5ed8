/** Multipart uploads that were begun: what they will become, and their parts so far. */
import type { Bodies, Piece } from '../../store/bodies.ts';
import type { KeyPart } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import type { BucketRecord } from './buckets.ts';
import type { Algorithm } from './checksums/checksums.ts';
import { noSuchUpload } from './errors.ts';
import type { SizeChanged } from './objects.ts';
import type { Described } from './write-options.ts';

export interface Upload extends Described {
  readonly id: string;
  readonly key: string;
  readonly initiated: number;
  readonly algorithm: Algorithm;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE';
  /** Whether the client named the algorithm; its parts must then carry checksums of it. */
  readonly algorithmNamed: boolean;
}

export interface Part {
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  readonly pieces: readonly Piece[];
  /** Of the upload's algorithm. */
  readonly checksum: string;
}

export interface Uploads {
  create(bucket: BucketRecord, upload: Omit<Upload, 'id' | 'initiated'>): Upload;
  find(bucket: BucketRecord, key: string | undefined, id: string | undefined): Upload | undefined;
  /** @throws NoSuchUpload */
  get(bucket: BucketRecord, key: string | undefined, id: string | undefined): Upload;
  /** Ordered by key, then by the time of their beginning. */
  all(bucket: BucketRecord): Iterable<Upload>;
  /** @param make is called inside the transaction, to commit the body in it */
  putPart(bucket: BucketRecord, upload: Upload, make: () => Part): Part;
  parts(upload: Upload): readonly Part[];
  /** Forgets the upload and the parts whose bytes nobody took over. */
  end(bucket: BucketRecord, upload: Upload, taken: ReadonlySet<number>): void;
}

export function openUploads(
  store: Store,
  bodies: Bodies,
  now: () => number,
  randomId: (length: number) => string,
  sizeChanged: SizeChanged,
): Uploads {
  const uploads = store.collection<Upload>('s3.uploads');
  const parts = store.collection<Part>('s3.parts');
  const partsOf = (upload: Upload) => [...parts.values({ prefix: [upload.id] })];
  // Parts are billed as STANDARD until they are completed.
  const sized = (bucket: BucketRecord, bytes: number) => sizeChanged(bucket.name, 'STANDARD', bytes);
  const find = (bucket: BucketRecord, key = '', id = '') =>
    id.length > 100 ? undefined : uploads.get([bucket.id, key, id]);
  return {
    find,
    create(bucket, wanted) {
      const initiated = now();
      const upload = {
        ...wanted,
        initiated,
        id: `${initiated.toString(36).padStart(9, '0')}${randomId(55)}`,
      };
      uploads.put([bucket.id, upload.key, upload.id], upload);
      return upload;
    },
    get(bucket, key = '', id = '') {
      const upload = find(bucket, key, id);
      if (!upload) throw noSuchUpload(id);
      return upload;
    },
    all: (bucket) => uploads.values({ prefix: [bucket.id] }),
    putPart: (bucket, upload, make) =>
      store.transaction(() => {
        const part = make();
        const key: KeyPart[] = [upload.id, part.number];
        const before = parts.get(key);
        if (before) {
          bodies.remove(before.pieces);
          sized(bucket, -before.size);
        }
        parts.put(key, part);
        sized(bucket, part.size);
        return part;
      }),
    parts: partsOf,
    end(bucket, upload, taken) {
      store.transaction(() => {
        for (const part of partsOf(upload)) {
          if (!taken.has(part.number)) bodies.remove(part.pieces);
          sized(bucket, -part.size);
        }
        parts.clear([upload.id]);
        uploads.delete([bucket.id, upload.key, upload.id]);
      });
    },
  };
}
