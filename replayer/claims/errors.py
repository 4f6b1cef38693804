"""Messages of failure in documented outputs."""

import re

_MESSAGES = re.compile(
    r"\s*(?:RTNETLINK answers: .+|exec of \".+\" failed: .+|"
    r"(?:ping6?|connect|arping|traceroute|telnet|curl|wget|nc|ncat|ssh): .+|"
    r"sendto: .+|\"\w+\" requires \"\w+\".*|"
    r"Error: .+|Cannot (?:find device|open network namespace|create namespace|remove namespace).*|"
    r"Device \S+ does not exist\.?|(?:Object|Command) \".*|Dump terminated|"
    r"(?:\S+: )+(?:No such file or directory|Permission denied|Operation not permitted|Device or resource busy|"
    r"File exists|No such device|Invalid argument|command not found|not found)\.?|"
    r"(?:device|interface|bridge) \S+ (?:does not exist|doesn't exist|already exists).*|can't add \S+ to bridge.*|"
    r"device \S+ is already a member of a bridge.*|ping6?: Do you want to ping broadcast.*"
    r")\s*$"
)
# What a message says on every version of a program.
_CORE = re.compile(
    r"Network is unreachable|Network unreachable|Network is down|"
    r"Name or service not known|Temporary failure in name resolution|No route to host|"
    r"Connection refused|unknown host \S+|Cannot assign requested address|Could not resolve host|Connection timed out"
)
# The same as translated systems say it; a sandbox speaks English.
_TRANSLATED = {
    "Network is unreachable": (
        r"网络不可达|"
        r"ネットワークに届きません|"
        r"네트워크(?:가|에) 접근|"
        r"Сеть недоступна|"
        r"réseau n'est pas accessible|"
        r"red es inaccesible|"
        r"Netzwerk ist nicht erreichbar|"
        r"Mạng không"
    ),
    "No route to host": (
        r"没有到主机的路由|"
        r"ホストへの経路がありません|"
        r"호스트로 갈 루트가 없음|"
        r"Нет маршрута до узла|"
        r"Aucun chemin d'accès|"
        r"No hay ninguna ruta|"
        r"Keine Route zum Zielrechner"
    ),
    "Connection refused": (
        r"拒绝连接|"
        r"連接被拒|"
        r"接続を拒否|"
        r"연결이 거부|"
        r"В соединении отказано|"
        r"Connexion refusée|"
        r"Conexión rehusada|"
        r"Verbindungsaufbau abgelehnt"
    ),
    "Name or service not known": (
        r"未知的名称或服务|"
        r"名前またはサービスが不明|"
        r"Имя или служба не известны|"
        r"Nom ou service inconnu|"
        r"Nombre o servicio desconocido|"
        r"Der Name oder der Dienst ist nicht bekannt"
    ),
    "Operation not permitted": (
        r"不允许的操作|"
        r"許可されていない操作|"
        r"Операция не позволена|"
        r"Opération non permise|"
        r"Operación no permitida"
    ),
    "File exists": (
        r"文件已存在|"
        r"ファイルが存在します|"
        r"Файл существует|"
        r"Le fichier existe|"
        r"El fichero ya existe|"
        r"Die Datei existiert bereits"
    ),
}
# /var/run of older versions is /run.
_RUN = re.compile(r"^.*\"/(?:var/)?run/netns/")
# What a program says below its complaint about how it was called.
_USAGE = re.compile(r"[Uu]sage: |Try '?\S+ --?h|Run '?\S+ --?h")
# A talker's own words are its output, not its failure.
_TALKING = re.compile(r"(?:ping6?: (?:Warning|warning)|curl: \(0\)|nc: listening|wget: (?:note|server))")


def complaint_in(lines: list[str]) -> str:
    """The words of a failure that make up a documented output; "" if it shows anything else besides."""
    told = [line.strip() for line in lines if line.strip() and line.strip() != "..."]
    if len(told) > 1 and told[0].startswith(("PING ", "Trying ")):  # busybox and telnet complain below it
        told = told[1:]
    if not told or len(told) > 4:
        return ""
    if any(_USAGE.match(line) for line in told[1:]):
        return told[0]
    found = _MESSAGES.match(told[0])
    if found is None or _TALKING.match(told[0]):
        return ""
    for english, words in _TRANSLATED.items():
        if re.search(words, told[0]):
            return english
    core = _CORE.search(told[0])
    return core[0] if core else _RUN.sub("", told[0])
