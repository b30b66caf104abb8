/** The keys that sign the links in mails: made at the first deployment, seen by nobody, kept when the stack goes. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Usable } from './rights';

export interface KeysProps {
  /** The ARN of a secret in the account that stands in for ours; ours leaves the stack then, and stays in the account. */
  kept?: string | undefined;
}

export class Keys extends Construct {
  readonly usable: { keys: Usable };

  constructor(scope: Construct, id: string, { kept }: KeysProps) {
    super(scope, id);
    const arn = kept ?? this.make();
    this.usable = {
      keys: { service: 'secretsmanager', arns: [arn], variable: { name: 'KEYS_SECRET', value: arn } },
    };
  }

  private make(): string {
    const secret = new Secret(this, 'Secret', {
      description: 'Signs the links in mails. Without it, no unsubscribe link that was ever sent works.',
      // A key's name stands in every link it signed: a next key is added beside it as "k2", and named current.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: 'k1' }),
        generateStringKey: 'k1',
        passwordLength: 48,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Unsubscribe links in old mails must work for ever, so no key is replaced by a timer; the operator adds one when needed.',
    });
    return secret.secretArn;
  }
}
