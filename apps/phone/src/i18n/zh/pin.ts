/** PIN码 and everything around it. */
export const pin = {
  enter: '请输入PIN码',
  set: '请设置PIN码',
  again: '请再次输入PIN码',
  current: '请输入当前PIN码',
  hint: '6至16位数字。PIN码只有您知道，忘记后无法找回，只能重新申请证书。',
  typed: (count: number) => `已输入${count}位`,
  clear: '清空',
  erase: '删除一位',
  random: '随机键盘',
  differ: '两次输入的PIN码不一致，请重新设置',
  weak: '该PIN码过于简单，请换一个',
  wrong: (left: string) => `PIN码错误，还可以输入${left}次`,
  locked: 'PIN码输错次数过多，证书已在本机锁定',
  useBiometric: '使用指纹或面容',
  usePin: '使用PIN码',
};
