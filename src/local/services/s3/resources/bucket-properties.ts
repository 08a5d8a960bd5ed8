/** The properties of AWS::S3::Bucket that are read here. */
import type {
  BlockedEncryptionTypes,
  BucketVersioningStatus,
  DefaultRetention,
  Event,
  ExpirationStatus,
  FilterRule,
  ObjectLockEnabled,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionByDefault,
  Tag,
  TargetObjectKeyFormat,
  TransitionDefaultMinimumObjectSize,
  TransitionStorageClass,
} from '@aws-sdk/client-s3';
import type { Tag as ResourceTag } from '../../../resource-tags.ts';

export interface LifecycleRuleProperty {
  readonly Id?: string;
  readonly Status: ExpirationStatus;
  readonly Prefix?: string;
  readonly TagFilters?: Tag[];
  readonly ObjectSizeGreaterThan?: number;
  readonly ObjectSizeLessThan?: number;
  readonly ExpirationInDays?: number;
  readonly ExpirationDate?: string;
  readonly ExpiredObjectDeleteMarker?: boolean;
  readonly Transition?: TransitionProperty;
  readonly Transitions?: readonly TransitionProperty[];
  readonly NoncurrentVersionExpirationInDays?: number;
  readonly NoncurrentVersionExpiration?: {
    readonly NoncurrentDays: number;
    readonly NewerNoncurrentVersions?: number;
  };
  readonly NoncurrentVersionTransition?: NoncurrentTransitionProperty;
  readonly NoncurrentVersionTransitions?: readonly NoncurrentTransitionProperty[];
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
}

interface TransitionProperty {
  readonly StorageClass: TransitionStorageClass;
  readonly TransitionInDays?: number;
  readonly TransitionDate?: string;
}

interface NoncurrentTransitionProperty {
  readonly StorageClass: TransitionStorageClass;
  readonly TransitionInDays: number;
  readonly NewerNoncurrentVersions?: number;
}

export interface NotificationFilterProperty {
  readonly S3Key: { readonly Rules: FilterRule[] };
}

export interface BucketProperties {
  readonly AccessControl?: string;
  readonly BucketName?: string;
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration: readonly {
      readonly BucketKeyEnabled?: boolean;
      readonly ServerSideEncryptionByDefault?: ServerSideEncryptionByDefault;
      readonly BlockedEncryptionTypes?: BlockedEncryptionTypes;
    }[];
  };
  readonly CorsConfiguration?: {
    readonly CorsRules: readonly {
      readonly Id?: string;
      readonly AllowedHeaders?: string[];
      readonly AllowedMethods: string[];
      readonly AllowedOrigins: string[];
      readonly ExposedHeaders?: string[];
      readonly MaxAge?: number;
    }[];
  };
  readonly LifecycleConfiguration?: {
    readonly Rules: readonly LifecycleRuleProperty[];
    readonly TransitionDefaultMinimumObjectSize?: TransitionDefaultMinimumObjectSize;
  };
  readonly LoggingConfiguration?: {
    readonly DestinationBucketName?: string;
    readonly LogFilePrefix?: string;
    readonly TargetObjectKeyFormat?: TargetObjectKeyFormat;
  };
  readonly NotificationConfiguration?: {
    readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: boolean };
    readonly TopicConfigurations?: readonly {
      readonly Event: Event;
      readonly Topic: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
    readonly QueueConfigurations?: readonly {
      readonly Event: Event;
      readonly Queue: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
    readonly LambdaConfigurations?: readonly {
      readonly Event: Event;
      readonly Function: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
  };
  readonly ObjectLockEnabled?: boolean;
  readonly ObjectLockConfiguration?: {
    readonly ObjectLockEnabled?: ObjectLockEnabled;
    readonly Rule?: { readonly DefaultRetention?: DefaultRetention };
  };
  readonly OwnershipControls?: OwnershipControls;
  readonly PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration;
  readonly Tags?: readonly ResourceTag[];
  readonly VersioningConfiguration?: { readonly Status: BucketVersioningStatus };
}
