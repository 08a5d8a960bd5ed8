/** The properties of AWS::S3::Bucket that are read here. Numbers and booleans may arrive as text. */
export type Num = number | string;
export type Flag = boolean | string;

export interface LifecycleRuleProperty {
  readonly Id?: string;
  readonly Status: string;
  readonly Prefix?: string;
  readonly TagFilters?: readonly { readonly Key: string; readonly Value: string }[];
  readonly ObjectSizeGreaterThan?: Num;
  readonly ObjectSizeLessThan?: Num;
  readonly ExpirationInDays?: Num;
  readonly ExpirationDate?: string;
  readonly ExpiredObjectDeleteMarker?: Flag;
  readonly Transition?: TransitionProperty;
  readonly Transitions?: readonly TransitionProperty[];
  readonly NoncurrentVersionExpirationInDays?: Num;
  readonly NoncurrentVersionExpiration?: {
    readonly NoncurrentDays: Num;
    readonly NewerNoncurrentVersions?: Num;
  };
  readonly NoncurrentVersionTransition?: NoncurrentTransitionProperty;
  readonly NoncurrentVersionTransitions?: readonly NoncurrentTransitionProperty[];
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: Num };
}

export interface TransitionProperty {
  readonly StorageClass: string;
  readonly TransitionInDays?: Num;
  readonly TransitionDate?: string;
}

export interface NoncurrentTransitionProperty {
  readonly StorageClass: string;
  readonly TransitionInDays: Num;
  readonly NewerNoncurrentVersions?: Num;
}

interface NotificationFilterProperty {
  readonly S3Key: { readonly Rules: readonly { readonly Name: string; readonly Value: string }[] };
}

export interface BucketProperties {
  readonly AccessControl?: string;
  readonly BucketName?: string;
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration: readonly {
      readonly BucketKeyEnabled?: Flag;
      readonly ServerSideEncryptionByDefault?: {
        readonly SSEAlgorithm: string;
        readonly KMSMasterKeyID?: string;
      };
      readonly BlockedEncryptionTypes?: { readonly EncryptionType?: readonly string[] };
    }[];
  };
  readonly CorsConfiguration?: {
    readonly CorsRules: readonly {
      readonly Id?: string;
      readonly AllowedHeaders?: readonly string[];
      readonly AllowedMethods: readonly string[];
      readonly AllowedOrigins: readonly string[];
      readonly ExposedHeaders?: readonly string[];
      readonly MaxAge?: Num;
    }[];
  };
  readonly LifecycleConfiguration?: {
    readonly Rules: readonly LifecycleRuleProperty[];
    readonly TransitionDefaultMinimumObjectSize?: string;
  };
  readonly LoggingConfiguration?: {
    readonly DestinationBucketName?: string;
    readonly LogFilePrefix?: string;
    readonly TargetObjectKeyFormat?: {
      readonly SimplePrefix?: object;
      readonly PartitionedPrefix?: { readonly PartitionDateSource?: string };
    };
  };
  readonly NotificationConfiguration?: {
    readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: Flag };
    readonly TopicConfigurations?: readonly {
      readonly Event: string;
      readonly Topic: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
    readonly QueueConfigurations?: readonly {
      readonly Event: string;
      readonly Queue: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
    readonly LambdaConfigurations?: readonly {
      readonly Event: string;
      readonly Function: string;
      readonly Filter?: NotificationFilterProperty;
    }[];
  };
  readonly OwnershipControls?: { readonly Rules: readonly { readonly ObjectOwnership?: string }[] };
  readonly PublicAccessBlockConfiguration?: {
    readonly BlockPublicAcls?: Flag;
    readonly BlockPublicPolicy?: Flag;
    readonly IgnorePublicAcls?: Flag;
    readonly RestrictPublicBuckets?: Flag;
  };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly VersioningConfiguration?: { readonly Status: string };
}
