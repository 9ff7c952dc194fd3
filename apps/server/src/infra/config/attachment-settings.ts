import { z } from 'zod';
import { infraError } from '../errors.ts';

const megabytes = z.coerce.number().int().positive();

/** Where attachments lie, how many an entity may have, and who looks for malware in them. */
export const ATTACHMENT_SETTINGS = {
  HUFU_S3_ENDPOINT: {
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    about:
      'S3 store for attachments, shared by all servers, e.g. https://s3.example. Buckets are addressed by path. Without it attachments lie below HUFU_DATA/attachments.',
  },
  HUFU_S3_BUCKET: {
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    about: 'Bucket for attachments; it must exist. It needs neither public access nor versions.',
  },
  HUFU_S3_REGION: { schema: z.string().min(1).default('us-east-1'), about: 'Region of the bucket.' },
  HUFU_S3_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z0-9/-]{0,100}$/)
      .default(''),
    about: 'What begins the key of every attachment, e.g. hufu/.',
  },
  HUFU_S3_ACCESS_KEY: { schema: z.string().min(1).optional(), about: 'Access key of the S3 store.' },
  HUFU_S3_SECRET_KEY: {
    schema: z.string().min(1).optional(),
    secret: true,
    about: 'Secret of the access key.',
  },
  HUFU_FILE_LARGEST_MB: {
    schema: megabytes.max(20).default(20),
    about: 'Largest file that the entity library takes, in MiB; at most 20.',
  },
  HUFU_FILE_QUOTA_MB: {
    schema: megabytes.default(2048),
    about: 'What the files of one entity may take together, in MiB.',
  },
  HUFU_FILE_QUOTA_COUNT: {
    schema: z.coerce.number().int().positive().default(5000),
    about: 'How many files one entity may have.',
  },
  HUFU_CLAMD: {
    schema: z.url({ protocol: /^tcp$/ }).optional(),
    about:
      'Scanner of malware for uploaded files (clamd), e.g. tcp://127.0.0.1:3310. With it no file is kept that it has not found clean. Without it files are marked as not scanned.',
  },
} as const;

type Values = {
  readonly [Name in keyof typeof ATTACHMENT_SETTINGS]: z.output<(typeof ATTACHMENT_SETTINGS)[Name]['schema']>;
};

/** An S3 store for attachments. */
export type ObjectStoreConfig = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** May be empty. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Files of the entity library. Bytes. */
export type FileConfig = {
  readonly largest: number;
  readonly quotaBytes: number;
  readonly quotaFiles: number;
  /** Undefined when nobody looks. */
  readonly clamd: { readonly host: string; readonly port: number } | undefined;
};

const CLAMD_PORT = 3310;
const MEGABYTE = 1024 * 1024;

/** @throws CONFIG_INVALID */
export function objectStoreOf(values: Values): ObjectStoreConfig | undefined {
  const { HUFU_S3_ENDPOINT: endpoint, HUFU_S3_BUCKET: bucket } = values;
  const { HUFU_S3_ACCESS_KEY: accessKeyId, HUFU_S3_SECRET_KEY: secretAccessKey } = values;
  const given = [endpoint, bucket, accessKeyId, secretAccessKey];
  if (given.every((one) => one === undefined)) return undefined;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    const names = 'HUFU_S3_ENDPOINT, HUFU_S3_BUCKET, HUFU_S3_ACCESS_KEY, HUFU_S3_SECRET_KEY';
    throw infraError('CONFIG_INVALID', { wrong: [`${names}: all of them or none`] });
  }
  const { HUFU_S3_REGION: region, HUFU_S3_PREFIX: prefix } = values;
  return { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey };
}

export function filesOf(values: Values): FileConfig {
  const clamd = values.HUFU_CLAMD === undefined ? undefined : new URL(values.HUFU_CLAMD);
  return {
    largest: values.HUFU_FILE_LARGEST_MB * MEGABYTE,
    quotaBytes: values.HUFU_FILE_QUOTA_MB * MEGABYTE,
    quotaFiles: values.HUFU_FILE_QUOTA_COUNT,
    clamd: clamd && { host: clamd.hostname, port: Number(clamd.port || CLAMD_PORT) },
  };
}
