export {
  ANONYMOUS,
  type Caller,
  can,
  type Holder,
  type Member,
  type OperatorCaller,
  type PhoneUser,
} from './caller.ts';
export {
  actorOf,
  type CallerFinder,
  guardAccess,
  holderOf,
  memberOf,
  operatorOf,
  phoneUserOf,
  platformOf,
  serve,
} from './guard.ts';
