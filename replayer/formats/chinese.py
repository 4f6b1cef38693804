"""What is told of a tutorial's claims, in Chinese: sentences in English, with gaps, and their translations.

The rules that find causes speak English only; what they say is read again here, gap by gap. What is not known stays
as it is: it is what a command printed, or a name.
"""

import re
from functools import cache

from replayer.formats.verified import counted
from replayer.verification import Holds, Report

HOLDS: dict[Holds, str] = {"holds": "成立", "does not hold": "不成立", "could not be tried": "无法验证"}
# A gap that stands on both sides is filled with the translation of what stood in it. The first that fits is taken.
_SENTENCES = """
the main namespace | 主命名空间
the namespace without a name | 未命名的命名空间
nobody | 无人
on the way back, {it} | 返程：{it}
line {n} could not be tried: {why} | 第 {n} 行无法验证：{why}
line {n} failed: {why} | 第 {n} 行失败：{why}
line {n} made it before | 第 {n} 行已经建过
line {n} deleted {name} | 第 {n} 行已删除 {name}

it runs | 能执行
no output | 无输出
exit status {n} | 退出状态 {n}
it fails | 会失败
it fails: {it} | 会失败：{it}
not in the output | 输出中没有
{it} in the output | 输出中有 {it}
output matching {it} | 输出匹配 {it}
prints {it} | 输出 {it}
as claimed | 如教程所说
as claimed, but for {it} | 如教程所说，除了：{it}
不通 at once, 通 a moment later | 起初不通，片刻后通
not played | 未执行
no match in the output | 输出中没有匹配
the command has not ended | 命令还没有结束
it printed nothing | 没有输出
nothing was printed | 没有输出
no packet was captured | 没有捕获到任何包
it printed {it} | 输出了 {it}
the output ends before: {it} | 输出到此为止，没有：{it}
the fixed text differs: {a} is documented, {b} was seen, in: {it} | 文字不同：教程是 {a}，实际是 {b}，在这一行：{it}
the fixed text differs: {a} is documented, {b} was seen | 文字不同：教程是 {a}，实际是 {b}
{program} could not tell: {it} | {program} 无法判断：{it}
{program} printed nothing that tells (exit {n}) | {program} 没有输出可判断的内容（退出状态 {n}）
there is no such command (exit {n}): {it} | 没有这个命令（退出状态 {n}）：{it}
the shell could not run it (exit {n}): {it} | shell 无法执行（退出状态 {n}）：{it}
the run ended before | 运行在此之前已结束

{program} asks a name server for the name of every address, and none is here; -n tells it not to | \
{program} 会为每个地址查询域名服务器，而这里没有；加 -n 可不查询
somebody listens at port {n}, but did not yet when it was asked | 有人监听端口 {n}，但询问时还没有开始
{a} is outside of what the text builds | {a} 不在教程所建的网络之内
{a} is on the Internet | {a} 在互联网上
{it}: it is in {place} | {it}：它在 {place} 中
{bridge} has the lowest MAC of its ports, which is another port's here | \
{bridge} 取各端口中最小的 MAC，在这里是另一个端口的
nobody answered {place} who has {a}, so nothing else was sent to it | {place} 询问谁有 {a}，无人应答，因此没有再发出别的
{place} has no neighbour entry for {a}: nothing was sent there yet | {place} 没有 {a} 的邻居表项：还没有向它发过任何包
there is no namespace {name} | 没有命名空间 {name}
{place} knows {a} ({mac}, {state}) and need not ask; {it} | {place} 已知道 {a}（{mac}，{state}），不必再询问；{it}
nothing stands in the way: {it} is its own | 没有阻碍：{it} 是它自己的地址
nothing stands in the way: {it} | 没有阻碍：{it}
ip_forward is 1 in {place}, which passes it on | {place} 的 ip_forward 为 1，会转发
the text types nothing that sends while it listens | 监听期间教程没有发送任何东西
it answers a moment later | 片刻之后就有应答
it did not end in time | 没有按时结束
its own words say why | 它自己的输出已说明原因
what it printed tells no outcome | 从它的输出看不出通还是不通

{it} is its author's machine's own | {it} 是作者机器上特有的
{it} is a device of its author's machine | {it} 是作者机器上的设备
nothing in the text makes what it deletes | 教程没有建立它要删除的东西
nothing in the text makes a device {name}; the text makes {near} | 教程没有建立设备 {name}；建立的是 {near}
nothing in the text makes a namespace {name}; the text makes {near} | 教程没有建立命名空间 {name}；建立的是 {near}
nothing in the text makes a host {name}; the text makes {near} | 教程没有建立主机名 {name}；建立的是 {near}
nothing in the text makes a device {name} | 教程没有建立设备 {name}
nothing in the text makes a namespace {name} | 教程没有建立命名空间 {name}
the text makes no device, and names {name} | 教程没有建立任何设备，却用到 {name}
the text makes no namespace, and names {name} | 教程没有建立任何命名空间，却用到 {name}
nothing in the text sets {name}, which is {n} in a fresh network | 教程没有设置 {name}，它在全新的网络中为 {n}
{a} is no address | {a} 不是地址
it names a device that does not exist | 它用到的设备不存在
it names a namespace that does not exist | 它用到的命名空间不存在
device {name} is not there | 设备 {name} 不在
namespace {name} is not there | 命名空间 {name} 不在
it is there already | 已经存在
it is there already: {it} | 已经存在：{it}
{it} is a file that the text does not make | 教程没有建立文件 {it}
this kernel has no link type {it} | 本机内核没有链路类型 {it}
no command {it} is here | 这里没有命令 {it}
no such command is here | 这里没有这个命令
this kernel lacks the qdisc {it} | 本机内核没有 qdisc {it}
this kernel lacks the qdisc | 本机内核没有这种 qdisc
this kernel lacks the feature {it} | 本机内核没有功能 {it}
this kernel lacks the feature | 本机内核没有这个功能
this kernel has no setting {it} | 本机内核没有设置 {it}
this kernel has no setting | 本机内核没有这个设置
this kernel does not support it | 本机内核不支持
a name is asked for, and no name server is here | 需要解析域名，而这里没有域名服务器
a service of its author's machine is not here | 这里没有作者机器上的服务
the sandbox has no {it} | 沙箱中没有 {it}
the sandbox does not permit it | 沙箱不允许
the text has no Makefile | 教程没有给出 Makefile
needs the Internet | 需要互联网
{it} needs the Internet | {it} 需要互联网
{it} needs containers | {it} 需要容器
{it} needs a cluster | {it} 需要集群
{it} needs virtual machines | {it} 需要虚拟机
{it} needs the services of its author's machine | {it} 需要作者机器上的服务
{it} needs to load modules into the kernel | {it} 需要加载内核模块
{it} would end the machine | {it} 会关闭机器
{it} opens an editor | {it} 会打开编辑器
{it} opens a window | {it} 会打开窗口
{it} needs accounts of its author's machine | {it} 需要作者机器上的账户
{it} needs another machine | {it} 需要另一台机器

who listens at port {n} in {place} does so at {a} only | {place} 中监听端口 {n} 的只监听 {a}
nobody listens at port {n} in {place} | {place} 中没有人监听端口 {n}
in {place}, the policy of the chain {chain} is to {it} | {place} 中链 {chain} 的默认策略是 {it}
in {place}, a rule of the chain {chain} drops packets: {it} | {place} 中链 {chain} 的一条规则丢弃数据包：{it}
in {place}, a rule drops packets: {it} | {place} 中的一条规则丢弃数据包：{it}
{place} has no route to {a} ({why}) | {place} 没有到 {a} 的路由（{why}）
{place} has no route to {a} | {place} 没有到 {a} 的路由
{place} has no address, and so no route to {a} | {place} 没有地址，因此没有到 {a} 的路由
{place} has a route of type {type} to {a} | {place} 有一条到 {a} 的 {type} 路由
{place} does not forward it: {why} | {place} 不转发它：{why}
{place} has a route to {a}, but proxy_arp of {dev} is 0: nobody answers for it | \
{place} 有到 {a} 的路由，但 {dev} 的 proxy_arp 为 0：没有人代它应答
rp_filter in {place} drops what comes from {a} by {dev}: the way back is by {back} | \
{place} 的 rp_filter 丢弃从 {dev} 来自 {a} 的包：返程走的是 {back}

{dev} in {place} is a port of a bridge that is {state} | {place} 中的 {dev} 是网桥端口，处于 {state} 状态
{a} and {b} in {place} are isolated ports of one bridge | {place} 中的 {a} 和 {b} 是同一网桥的隔离端口
{dev} in {place} is a {kind} in mode source and takes only what comes from {macs}; {b} has {mac} | \
{place} 中的 {dev} 是 source 模式的 {kind}，只接收来自 {macs} 的包；{b} 的是 {mac}
{dev} in {place} is a {kind} in mode {mode}, and {a} and {b} are both on {lower} | \
{place} 中的 {dev} 是 {mode} 模式的 {kind}，而 {a} 和 {b} 都在 {lower} 上
{dev} in {place} is a {kind} on {lower}: they do not hear each other | \
{place} 中的 {dev} 是 {lower} 上的 {kind}：两者互不可达
the {word} {n} of {a} in {pa} is not the {other} {m} of {b} in {pb} | \
{pa} 中 {a} 的 {word} {n} 不同于 {pb} 中 {b} 的 {other} {m}
{dev} in {place} has no remote, and no fdb entry leads to one | {place} 中的 {dev} 没有 remote，也没有通向它的 fdb 表项
nobody has the address {a}, the remote of {dev} in {place} | 没有人有地址 {a}，即 {place} 中 {dev} 的 remote
{dev} in {place} neither asks for neighbours nor answers (arp off) | {place} 中的 {dev} 既不询问也不应答邻居（arp off）
{a} in {pa} and {b} in {pb} have the same MAC, {mac} | {pa} 中的 {a} 与 {pb} 中的 {b} MAC 相同：{mac}
{a} and {b} are both in {place}, and accept_local is 0: {it} drops what comes from an address of its own machine | \
{a} 和 {b} 都在 {place} 中，accept_local 为 0：{it} 丢弃来自本机地址的包
{dev} in {place} has no carrier: {it} | {place} 中的 {dev} 没有载波：{it}
{dev} in {place} has no carrier | {place} 中的 {dev} 没有载波
nobody is at the other end, or it is down | 另一端没有设备，或未启用
{a} in {place} is down | {place} 中的 {a} 未启用（down）
no link joins {a} in {pa} and {b} in {pb}, which has {addr}: {end} in {pe} is no port of {bridge} | \
{pa} 中的 {a} 与 {pb} 中有 {addr} 的 {b} 之间没有链路：{pe} 中的 {end} 没有接入 {bridge}
no link joins {a} in {pa} and {b} in {pb}, which has {addr} | {pa} 中的 {a} 与 {pb} 中有 {addr} 的 {b} 之间没有链路
{place} has a stale neighbour entry: {a} at {mac}, and {b} in {pb} has {other} | \
{place} 的邻居表项已过时：{a} 为 {mac}，而 {pb} 中 {b} 的是 {other}
{place} asked who has {a} on {dev}, and nobody answered ({state}) | {place} 在 {dev} 上询问谁有 {a}，无人应答（{state}）
{place} asked neighbour solicitation for {a} on {dev}, and nobody answered ({state}) | \
{place} 在 {dev} 上为 {a} 发出邻居请求，无人应答（{state}）
{a} of {dev} in {place} is tentative: it is not in use yet | {place} 中 {dev} 的 {a} 尚为 tentative，还不能使用
nobody has the address {a}, the gateway to {b}; {near} | 没有人有地址 {a}，即去往 {b} 的网关；{near}
nobody has the address {a}, the gateway to {b} | 没有人有地址 {a}，即去往 {b} 的网关
nobody has the address {a}; {near} | 没有人有地址 {a}；{near}
nobody has the address {a} | 没有人有地址 {a}
{a} is in {place} too, and the answer goes there | {place} 中也有 {a}，应答去了那里
the packet comes back to {place}, which sent it: {way} | 数据包回到了发出它的 {place}：{way}
the packet goes in a circle: {way} | 数据包在转圈：{way}
{name} is {n} in {place}, which answers for no other device's address | {place} 的 {name} 为 {n}，不为别的设备的地址应答
{name} is {n} in {place}; it is 1 in the main namespace | {place} 的 {name} 为 {n}；为 1 的是主命名空间
{name} is {n} in {place} | {place} 的 {name} 为 {n}
{place} has {a}, {more} | {place} 有 {a}，{more}
{place} has {a} | {place} 有 {a}
"""
# Longer texts are none of these.
_MOST = 600
_GAP = re.compile(r"\\\{(\w+)\\\}")


def chinese(text: str) -> str:
    """A claim, an observation or a cause in Chinese; what is not known as it is."""
    for pattern, translation in _read() if len(text) <= _MOST else ():
        found = pattern.fullmatch(text)
        if found is not None:
            told = translation.format_map({name: chinese(inside) for name, inside in found.groupdict().items()})
            return re.sub(r" ?(主命名空间|未命名的命名空间) ?", r"\1", told)
    return text


@cache
def _read() -> list[tuple[re.Pattern[str], str]]:
    """Each sentence as a pattern, and its translation."""
    pairs = [line.split(" | ") for line in _SENTENCES.replace("\\\n", "").splitlines() if line]
    return [
        (re.compile(_GAP.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), translation)
        for english, translation in pairs
    ]


def summary(report: Report) -> str:
    """What verified.summary says."""
    if not report.found and not report.ran:
        return "没有找到命令"
    told = "，".join(f"{count} 条{HOLDS[word]}" for word, count, _ in counted(report.claims))
    head = f"{len(report.claims)} 条说法：{told}" if report.claims else "没有说法"
    return "；".join(filter(None, (head, others(report))))


def others(report: Report) -> str:
    """What verified.others_told says."""
    every = report.ran + len(report.others)
    if not report.others:
        return f"另外 {report.ran} 条命令已执行" if report.ran else ""
    told = [f"{report.ran} 条已执行"] if report.ran else []
    told += [
        f"{count} 条{'失败' if word == 'does not hold' else HOLDS[word]}" for word, count, _ in counted(report.others)
    ]
    return f"另外 {every} 条命令：{'，'.join(told)}"
