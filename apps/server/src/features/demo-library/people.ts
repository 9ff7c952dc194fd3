import type { Scene, Step } from './scene.ts';

/** Persons first: projects choose their leaders among them (LIB-PROJ-13). */

type Person = {
  readonly as: string;
  readonly index: number;
  readonly born: string;
  readonly sex: 'male' | 'female';
  readonly category: string;
  readonly title: string;
  readonly joined: string;
  readonly education: string;
};

const PEOPLE: readonly Person[] = [
  {
    as: 'leader',
    index: 0,
    born: '1984-04-12',
    sex: 'male',
    category: 'PROJECT_LEADER',
    title: 'ASSOCIATE',
    joined: '2011-07-01',
    education: '21',
  },
  {
    as: 'builder',
    index: 1,
    born: '1979-09-23',
    sex: 'male',
    category: 'PROJECT_LEADER',
    title: 'INTERMEDIATE',
    joined: '2010-03-15',
    education: '21',
  },
  {
    as: 'engineer',
    index: 2,
    born: '1988-01-30',
    sex: 'female',
    category: 'TECH_LEADER',
    title: 'ASSOCIATE',
    joined: '2014-08-04',
    education: '14',
  },
  {
    as: 'safety',
    index: 3,
    born: '1991-11-05',
    sex: 'male',
    category: 'SAFETY_OFFICER',
    title: 'INTERMEDIATE',
    joined: '2016-05-16',
    education: '31',
  },
  {
    as: 'quality',
    index: 4,
    born: '1986-06-17',
    sex: 'female',
    category: 'QUALITY_OFFICER',
    title: 'INTERMEDIATE',
    joined: '2013-02-25',
    education: '21',
  },
  {
    as: 'departed',
    index: 5,
    born: '1990-12-08',
    sex: 'female',
    category: 'OTHER',
    title: 'ASSISTANT',
    joined: '2017-09-11',
    education: '31',
  },
];

const nameOf = (scene: Scene, index: number): string => scene.enterprise.people[index] ?? '';

function basics({ as, index, born, sex, category, title, joined, education }: Person): Step {
  return {
    as,
    type: 'person',
    event: 'submit',
    takes: (scene) => ({
      name: nameOf(scene, index),
      idType: 'ID_CARD',
      idNo: scene.card(born, sex),
      nation: index % 2 === 0 ? '02' : '01',
      phone: `139471${String(20_315 + index * 127)}`,
      category,
      joinDate: joined,
      socialSecurityUnit: scene.enterprise.name,
      topEducation: education,
      title,
      titleSpecialty: '建筑工程',
      idFile: scene.paper(`居民身份证（${nameOf(scene, index)}）`),
      socialFile: scene.paper('社会保险缴纳证明'),
    }),
  };
}

function registration(parent: string, validFor: number, extra: Readonly<Record<string, unknown>>): Step {
  return {
    type: 'person-certificate',
    event: 'submit',
    parent,
    takes: (scene) => ({
      certKind: 'REGISTRATION',
      certName: '一级建造师注册证书',
      specialty: '建筑工程',
      level: '1',
      registeredUnit: scene.enterprise.name,
      issuer: '中华人民共和国住房和城乡建设部',
      issueDate: scene.day(validFor - 1095),
      longTerm: false,
      validTo: scene.day(validFor),
      file: scene.paper('一级建造师注册证书'),
      ...extra,
    }),
  };
}

const DETAILS: readonly Step[] = [
  {
    type: 'person-education',
    event: 'submit',
    parent: 'leader',
    takes: (scene) => ({
      degreeLevel: '21',
      degree: '4',
      school: '内蒙古工业大学',
      major: '土木工程',
      from: '2003-09-01',
      to: '2007-07-01',
      certNo: '101281200705001234',
      file: scene.paper('学历证书'),
    }),
  },
  {
    type: 'person-education',
    event: 'submit',
    parent: 'engineer',
    takes: (scene) => ({
      degreeLevel: '14',
      degree: '3',
      school: '西安建筑科技大学',
      major: '结构工程',
      from: '2010-09-01',
      to: '2013-06-30',
      file: scene.paper('研究生学历证书'),
    }),
  },
  registration('leader', 12, {
    certNo: '建建字第 0150821 号',
    registrationNo: '蒙1152011201234567',
    sealNo: '蒙115110123',
  }),
  registration('builder', 480, {
    certNo: '建建字第 0150837 号',
    specialty: '公路工程',
    registrationNo: '蒙1152010201234890',
  }),
  {
    type: 'person-certificate',
    event: 'submit',
    parent: 'safety',
    takes: (scene) => ({
      certKind: 'SAFETY_C',
      certName: '建筑施工企业专职安全生产管理人员安全生产考核合格证书',
      specialty: '综合类',
      certNo: '蒙建安C3（2023）0012345',
      issuer: '内蒙古自治区住房和城乡建设厅',
      issueDate: scene.day(-1000),
      longTerm: false,
      validTo: scene.day(95),
      file: scene.paper('安全生产考核合格证书'),
    }),
  },
  {
    type: 'person-award',
    event: 'submit',
    parent: 'leader',
    takes: (scene) => ({
      awardName: '自治区优秀建造师',
      level: 'PROVINCIAL',
      issuer: '内蒙古自治区建筑业协会',
      awardDate: '2024-12-20',
      file: scene.paper('优秀建造师获奖证书'),
    }),
  },
  {
    type: 'person-employment',
    event: 'submit',
    parent: 'leader',
    takes: (scene) => ({
      unit: scene.enterprise.name,
      department: '工程管理部',
      position: '项目经理',
      from: '2011-07-01',
      current: true,
      duty: '房屋建筑与市政工程项目管理',
    }),
  },
];

export const PEOPLE_STEPS: readonly Step[] = [...PEOPLE.map(basics), ...DETAILS];

/** After the projects: LIB-PERSON-05. */
export const DEPARTURE: Step = {
  type: 'person',
  event: 'depart',
  on: 'departed',
  takes: (scene) => ({ leaveDate: scene.day(-40) }),
};
