"""What a tutorial claims: words in nine languages, statistics, failures, listings, contradictions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.claims.words import outcomes_said
from replayer.sources.authored import author
from replayer.sources.session import Claim, Command, Stopped
from replayer.tutorial import read_tutorial
from tests.growth import assert_linear

NOT_REACHED = """
不通 / ping不通 / 此时 ns1 无法 ping 通 ns2 / 还是ping不通 / 两个命名空间之间不能通信 / 网络不可达 / 丢包率为100%
can't ping / cannot reach ns2 / The ping fails / ping does not work / no reply / request timed out / still unreachable
100% packet loss / doesn't work yet / ns2 is not reachable from ns1 / they can no longer communicate / won't work
疎通できない / pingは失敗します / ns1から ns2 へは ping が通りません / 通信できません / 応答がない
통신되지 않는다 / 통신이 되지 않습니다 / 핑이 안 됩니다 / 연결할 수 없습니다
не пингуется / пинг не проходит / узел недоступен / нет ответа / пакеты теряются
ne répond pas / Le ping ne passe pas / la machine est injoignable / aucune réponse / ça ne marche plus
no responde / El ping no funciona / no hay respuesta / El ping falla / sin respuesta
nicht erreichbar / Der Ping schlägt fehl / keine Antwort / Ping geht nicht / antwortet nicht mehr
không ping được / không thể kết nối / ping thất bại / chưa ping được
As you can see, the ping does not get through / 10.0.0.3 does not. / 卡住了，没有任何响应 / 由于没有路由，所以不通
到達できないことがわかります / このままでは通信できない / 아직 통신이 되지 않습니다 / пинги не идут / Связи нет.
the host is not sending a reply / we are unable to connect / we will not get a response / it cannot work
Les deux machines ne se voient pas / No llegamos a la otra máquina / Das klappt noch nicht
"""
REACHED = """
通 / ping通了 / 可以ping通 / 能够互相通信了 / 现在 ns1 和 ns2 可以通信 / 成功 / 网络已连通
it works! / ping works / now we can ping ns2 / success / ns1 can reach ns2 now / Pings succeed / we get a reply / OK
疎通できる / pingが通りました / 通信できました / 疎通OK
통신된다 / 통신이 됩니다 / should answer / pod1 에서 pod2 로 ping 이 된다 / 핑이 성공 / 응답이 옵니다
пинг проходит / пинг от pc1 до pc2 проходит / пингуется / всё работает / связь есть
le ping passe / ça marche / la machine répond
el ping funciona / ns2 responde / hay respuesta
ns2 ist erreichbar / Ping funktioniert / der Host antwortet
ping được / ping thành công / có thể kết nối
403 Forbidden / Connectivity is back / packets flow in both directions / 没有问题，已经能够ping通
無事に疎通が取れました / 핑이 잘 갑니다
Теперь хосты могут общаться / Les machines communiquent / Ahora sí tenemos conectividad / Der Ping kommt an
Die Namespaces können sich jetzt erreichen / Kết quả ping thành công
"""
NOT_REACHED_IN_PASSING = """
ping just sits there without getting anything back / nobody answers / it disappears into the void / no luck
肯定是出不去的 / 没有任何反应 / 包被丢弃了 / 石沉大海 / 無反応 / パケットは破棄される / 返事がない
이제 서로 핑이 나가지 않는다 / 응답 없음 / 막혔다 / в ответ тишина / до него не достучаться / пакеты отбрасываются
le ping reste sans réponse / p1 n'arrive plus à contacter p2 / c'est toujours mort
el cliente no recibe nada / bloqueado
läuft der Ping ins Leere / es kommt nichts zurück / niemand antwortet / không có hồi đáp / bị từ chối
"""
REACHED_IN_PASSING = """
this still gets through / all good again / they see each other / back to normal / everything is fine
没毛病 / 一切正常 / 恢复如初 / 收到了回复 / 無事に届きます / 返ってくる / 외부로는 정상적으로 나간다 / 다시 통신된다
Заработало / Всё хорошо / ответ пришёл / tout le monde se voit / continue de répondre / On atteint les deux
el servidor contesta a la primera / sí llega a los dos / die beiden sehen sich / kommt die Antwort sofort
client ping tới server bình thường / mọi thứ trở lại bình thường
"""
SAYS_NOTHING = """
测试是否能ping通 / 验证连通性 / 为了让ns1能通信 / 需要交换机支持hairpin功能才能通信 / 设置IP地址 / 通过 veth 连接
check whether ns1 can reach ns2 / Let's test if it works / Verify connectivity / Ping from ns1 to ns2 / how it works
create two namespaces / bring the interface up / Why can't ns1 ping ns2?
疎通確認 / 疎通できるか確認します / 확인해 봅시다 / 통신이 되는지 확인 / проверим, пингуется ли / Настроим адреса
the latency drops / it is impossible to tell / the bonding work of this session / 통신 확인
This might work / It may fail on your machine / If it doesn't work, check the firewall
如果ping不通，请检查防火墙 / 可能不通
pingが通らない場合は設定を見直す / 통신이 안 되면 방화벽을 확인하세요 / Если пинг не проходит, проверьте маршруты
Si le ping échoue, vérifiez / Si no responde, revisa las rutas / Falls der Ping nicht geht / Nếu không ping được
vérifions que ça marche / comprobar si responde / prüfen ob erreichbar / Kiểm tra kết nối
"""

NO_FAILURE = """
Nothing is lost. / Not one packet was lost. / The ping no longer fails. / This does not fail any more.
None of the pings fails. / There is no packet loss. / The host is not unreachable any more.
We no longer see any timeouts. / One would expect this to fail, but it works. / Der Ping scheitert nicht mehr.
Es gehen keine Pakete verloren. / Kein einziges Paket ist verloren gegangen. / Der Host ist nicht mehr unerreichbar.
Das schlägt nie fehl. / Nichts geht verloren. / Le ping n'échoue pas. / Aucun paquet n'est perdu.
Rien n'est perdu. / L'hôte n'est plus injoignable. / Cela n'échoue jamais. / El ping no falla. / Nunca falla.
No se pierde ningún paquete. / Ningún paquete se pierde. / El host ya no es inalcanzable.
No hay pérdida de paquetes. / Пакеты не теряются. / Ни один пакет не потерян. / Потерь нет.
Пинг больше не падает с ошибкой. / Хост больше не недоступен. / 不再失败了。 / 没有丢包。 / 一个包也没丢。
不会 ping 不通。 / 再也不会超时了。 / 并不是不通。 / 本以为会失败，结果通了。 / もう失敗しない。
パケットは失われません。 / パケットロスはありません。 / 一つも失われていません。 / 到達できないことはありません。
タイムアウトしなくなりました。 / 더 이상 실패하지 않습니다. / 패킷이 하나도 손실되지 않습니다.
패킷 손실이 없습니다. / 절대 실패하지 않습니다. / Ping không thất bại. / Ping không còn bị lỗi nữa.
Không có gói tin nào bị mất. / Không mất gói nào. / Ping does not fail. / This never fails.
Der Ping schlägt nicht fehl. / Le ping n'échoue plus. / El ping ya no falla. / Пинг больше не теряется.
不会再不通了。 / もう失敗しません。 / No packet is lost. / Kein Paket geht verloren. / And we have connectivity!
The ping doesn't fail anymore. / Packets are no longer dropped. / The packets are not dropped.
No packets were dropped. / No timeouts this time. / The ping is not blocked. / Nothing blocks the ping any longer.
With no firewall in between it works. / Nothing else is needed and the ping works. / It works without any problem.
No problem, it works. / Der Ping wird nicht blockiert. / Jetzt scheitert der Ping nicht.
Es gibt keinen Paketverlust. / Il n'y a aucune perte de paquets. / Le ping n'est plus bloqué.
El ping no se pierde. / El ping ya no está bloqueado. / Пинг не блокируется. / Потери пакетов нет. / ping 没有失败。
现在不会丢包了。 / パケットは破棄されません。 / pingは失敗しなくなった。 / 패킷이 버려지지 않습니다.
이제 타임아웃이 발생하지 않습니다. / Ping không bị chặn. / Không có gói nào bị rớt.
We expected it to fail, and yet it works. / It does not fail: the bridge forwards.
No longer blocked, the ping now gets through.
The ping did not time out. / There are no more losses. / Zero packets lost. / Not a single packet got lost.
The connection isn't refused any more. / It did not fail this time. / Pings never fail now.
Only now does the ping work. / It works even without the bridge. / Der Ping läuft nicht mehr ins Leere.
Pakete werden nicht mehr verworfen. / Nun ist der Host nicht mehr unerreichbar. / Es funktioniert auch ohne Route.
Les paquets ne sont plus perdus. / Plus aucun paquet n'est perdu. / Le ping n'a pas échoué.
Cela marche même sans le pont. / No se ha perdido ningún paquete. / Los paquetes ya no se pierden.
El ping no ha fallado. / Funciona incluso sin el puente. / Пинг не пропадает. / Ни одного потерянного пакета.
Теперь хост не недоступен. / Работает и без моста. / 没有再出现超时。 / 一个包都没有丢。 / 现在 ping 不再失败。
没有网桥也能通。 / 不会丢任何包。 / パケットは一つも落ちていません。 / タイムアウトは発生しません。
ブリッジがなくても通信できます。 / 패킷 유실이 전혀 없다. / 핑이 더는 끊기지 않는다.
브리지가 없어도 통신이 됩니다. / Không còn mất gói. / Ping không hề thất bại.
Không có cầu nối vẫn ping được.
The request isn't dropped. / Not one ping times out. / We don't see any packet loss.
The error is gone and the ping works. / There were no dropped packets. / The ping stopped failing.
It finally stops timing out. / Nobody is unreachable any more. / The ping cannot fail any more.
Es gehen nun keine Pings mehr verloren. / Der Ping bleibt nicht mehr unbeantwortet.
Der Host ist nicht länger unerreichbar. / Le ping ne reste plus sans réponse. / Il n'y a plus de perte.
El ping ya no se queda sin respuesta. / Ya no hay pérdidas. / Пинг не остаётся без ответа. / Больше нет потерь.
这次没有超时。 / 已经不丢包了。 / 不会没有响应。 / 応答がないことはありません。 / もうタイムアウトしない。
더 이상 끊기지 않습니다. / 패킷이 유실되지 않았다. / Ping không còn thất bại. / Các gói tin không bị mất.
"""
NO_SUCCESS = """
Nobody answers. / No one replies any more. / Not a single packet comes back. / None of the packets arrives.
Neither of the pings gets through. / Nothing comes back. / The ping never gets an answer.
There is no longer any connectivity. / It hardly ever gets through. / Pinging the peer is impossible.
We are unable to reach the host. / We hoped this would work, but it did not.
You would think that this works; it doesn't. / Niemand antwortet. / Es kommt keine Antwort.
Keiner der Pings kommt an. / Nicht ein einziges Paket kommt durch. / Der Host ist kaum erreichbar.
Ein Ping ist unmöglich. / Man würde erwarten, dass das klappt, aber es klappt nicht. / Personne ne répond plus.
Aucun paquet ne revient. / Rien ne passe. / Le ping ne passe plus. / Aucun des pings n'aboutit.
L'hôte est à peine joignable. / Impossible de joindre l'hôte. / Nadie responde. / Ningún paquete llega.
Ninguno de los pings recibe respuesta. / Nada vuelve. / El host apenas responde. / Es imposible hacer ping.
Ya no hay conectividad. / Никто не отвечает. / Ни один пакет не доходит. / Ни один из пингов не проходит.
Ответа никто не даёт. / Хост едва доступен. / Пинг невозможен. / Ничего не возвращается. / Связи больше нет.
没有人回应。 / 谁也不回应。 / 谁都 ping 不通。 / 一个包也没有收到。 / 再也 ping 不通了。 / 果然 ping 不通。
根本无法到达对端。 / 本来以为可以通，结果不行。 / 这时是连不上的。 / だれも応答しない。 / 誰も応答しません。
一つも返ってこない。 / パケットは一つも届きません。 / もう通信できません。 / ほとんど応答がありません。
ping は不可能です。 / 아무도 응답하지 않습니다. / 아무 응답도 없습니다. / 패킷이 하나도 도착하지 않습니다.
더 이상 통신할 수 없습니다. / 핑이 불가능합니다. / 거의 응답하지 않습니다. / Không ai phản hồi.
Không có gói tin nào đến được. / Không gói nào quay lại. / Không thể ping được. / Hầu như không phản hồi.
Không còn kết nối nữa. / Es antwortet niemand. / Personne ne répond. / None of the pings gets an answer.
Kein einziges Paket kommt zurück. / It hardly ever answers. / 谁也 ping 不到。 / 这时候是 ping 不到对端的。
果然不行。 / Ping is impossible now. / Không ai trả lời. / We would expect this to work, but it does not.
Not one of them replies. / No host responds. / Nothing gets through to the other side. / It never works.
Neither one can reach the other. / None of our requests were answered. / Communication is no longer possible.
No answer at all. / It is not just slow, it fails. / Without a default route, the ping fails.
Keine der beiden Maschinen antwortet. / Niemand ist erreichbar. / Nichts kommt durch.
Die Pakete gehen alle verloren. / Aucune des deux machines ne répond. / Le ping n'arrive jamais. / Le ping échoue.
Ni uno solo de los paquetes llega. / Nunca llega respuesta. / Ничто не доходит. / Ни одна машина не отвечает.
没有一台主机响应。 / 哪台机器都连不上。 / 什么也收不到。 / 什么反应都没有。 / どのホストも応答しません。
何も返ってきません。 / 아무것도 돌아오지 않는다. / 핑이 한 번도 성공하지 않습니다. / Không máy nào phản hồi.
Chẳng ai trả lời cả. / Not only is it slow, it does not answer.
We expected it to work, but nothing comes back. / The ping will not succeed, no matter what. / 不会成功。
もう成功しません。 / 더 이상 성공하지 않습니다. / El ping ya no tiene éxito. / Der Ping ist nicht erfolgreich.
Le ping ne réussit pas.
No traffic gets through. / Not a single ICMP reply arrived. / We get no answers whatsoever.
No one at 10.0.0.2 answers. / Nothing at all comes back. / The other side never replies.
Auch hier kommt nichts an. / Keiner der Hosts ist erreichbar. / Auf den Ping reagiert niemand.
Aucun hôte n'est joignable. / Plus aucun paquet ne passe. / Nul ne répond. / Ninguna máquina contesta.
Nadie ha respondido. / No llega ni un paquete. / Ни одного ответа не получено. / До хоста никто не доходит.
Никакого ответа. / 没有任何一个包到达对端。 / 谁都没有回应。 / 完全没有反应。 / 誰からも返事がありません。
一度も成功しませんでした。 / 누구도 응답하지 않는다. / 한 번도 응답이 없었다. / Không một gói tin nào tới nơi.
Chẳng có phản hồi nào.
Pings never make it across. / None of them ever come back. / No luck: nobody replies.
Es kommt kein einziges Paket an. / Weder der eine noch der andere Host antwortet. / Ni l'un ni l'autre ne répond.
On ne reçoit aucune réponse. / Ninguno de los dos responde. / No se recibe ninguna respuesta.
Ни тот ни другой не отвечает. / Ответа никакого нет. / 两边谁也 ping 不通谁。 / 没有收到任何一个回包。
どちらも応答しません。 / 応答は一切ありません。 / 둘 다 응답하지 않습니다. / Cả hai đều không phản hồi.
"""
ONLY_SUPPOSED = """
Without the route this would not work. / If the firewall were on, this would fail. / This should have failed.
Ohne die Route würde das scheitern. / Ohne Bridge würde der Ping nicht funktionieren.
Sans la route, le ping ne fonctionnerait pas. / Si le pare-feu était actif, cela échouerait.
Sin la ruta, esto fallaría. / Sin el puente el ping no funcionaría. / Без моста пинг не работал бы.
Без маршрута это бы не сработало. / 如果没有网桥，就会不通。 / 要是没有路由，就 ping 不通了。
ブリッジがなければ失敗するでしょう。 / ルートがなければ届かないはずです。 / 브리지가 없으면 실패할 것입니다.
라우트가 없었다면 핑이 되지 않았을 것입니다. / Nếu không có cầu nối thì sẽ thất bại.
Không có tuyến đường thì ping sẽ không thành công. / Without the bridge this would fail.
Sans le pont, cela échouerait. / It does not always work. / Had we not added the route, the ping would have failed.
Otherwise the ping would not get through. / Sonst würde der Ping nicht ankommen. / Sinon le ping n'arriverait pas.
De lo contrario el ping fallaría. / Иначе пинг бы не прошёл. / 否则会 ping 不通。 / そうでないと失敗します。
그렇지 않으면 핑이 실패합니다. / Nếu không thì ping sẽ thất bại.
This would work if the route existed. / Not every packet arrives.
Hätten wir keine Route, würde das nicht klappen.
It fails only if the bridge is missing. / Wäre die Bridge nicht da, würde der Ping scheitern.
Si on n'avait pas de pont, cela échouerait. / Si no hubiera puente, fallaría.
Если бы не мост, пинг бы не прошёл. / 假如没有网桥，它们是不通的。 / もしブリッジがなかったら、通信できません。
브리지가 없다면 통신할 수 없습니다. / Nếu không có bridge, ping sẽ thất bại.
"""


def phrases(text: str) -> list[str]:
    return [phrase.strip() for line in text.splitlines() if line for phrase in line.split(" / ")]


@pytest.mark.parametrize("phrase", phrases(NOT_REACHED + NOT_REACHED_IN_PASSING))
def test_words_that_deny(phrase: str) -> None:
    assert [said.word for said in outcomes_said(phrase)][:1] == ["不通"]


@pytest.mark.parametrize("phrase", phrases(REACHED + REACHED_IN_PASSING))
def test_words_that_assent(phrase: str) -> None:
    assert [said.word for said in outcomes_said(phrase)][:1] == ["通"]


@pytest.mark.parametrize("phrase", phrases(SAYS_NOTHING))
def test_questions_and_purposes_state_nothing(phrase: str) -> None:
    assert outcomes_said(phrase) == []


@pytest.mark.parametrize(("said", "words"), [(NO_FAILURE, {"通"}), (NO_SUCCESS, {"不通"}), (ONLY_SUPPOSED, set())])
def test_denials_are_read_for_what_they_deny(said: str, words: set[str]) -> None:
    wrong = {one: got for one in phrases(said) if (got := {at.word for at in outcomes_said(one)}) != words}
    assert not wrong


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(said.word in ("通", "不通") for said in outcomes_said(text))


def claims(text: str, name: str = "a.md") -> dict[str, list[tuple[str, str]]]:
    """Command -> (kind, value) of what is claimed of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    current: dict[str, str] = {}
    for item in read_tutorial(text, name).session.items:
        if isinstance(item, Command):
            current[item.terminal] = item.text
            found.setdefault(item.text, []).extend((c.kind, c.value) for c in item.claims)
        elif isinstance(item, Stopped):
            found[current[item.terminal]].extend((c.kind, c.value) for c in item.claims)
    return found


def doubts(text: str) -> list[str]:
    items = read_tutorial(text, "a.md").session.items
    return [doubt.what for item in items if isinstance(item, (Command, Stopped)) for doubt in item.doubts]


def fenced(*lines: str) -> str:
    return "\n".join(["```", *lines, "```", ""])


PING = "ping -c 1 10.0.0.2"


@pytest.mark.parametrize(("options", "shown"), [("%{http_code}", "200"), (r"HTTP %{response_code}\n", "HTTP 404")])
def test_a_status_that_curl_is_told_to_write_is_compared_too(options: str, shown: str) -> None:
    command = f"curl -s -o /dev/null -w '{options}' http://10.0.0.2/"
    assert claims(fenced(f"$ {command}", shown))[command] == [("outcome", "通"), ("contains", shown[-3:])]


@pytest.mark.parametrize("joy", ["Perfect!", "Voilà!", "完美！"])
def test_joy_directly_below_a_ping_tells_of_it(joy: str) -> None:
    assert claims(f"{fenced(f'$ {PING}')}\n{joy}\n")[PING] == [("outcome", "通")]
    assert claims(f"{joy}\n\n{fenced(f'$ {PING}')}")[PING] == []
    assert claims(f"Check that a is isolated from b.\n\n{fenced(f'$ {PING}')}\n{joy}\n")[PING] == []
    assert claims(f"{fenced(f'$ {PING}')}\n{joy[:-1]} for what comes next.\n")[PING] == []


FIRST, SECOND = "ping -c 1 10.0.0.1", "ping -c 1 10.0.0.2"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("1 packets transmitted, 1 received, 0% packet loss, time 0ms", "通"),
        ("1 packets transmitted, 0 received, 100% packet loss, time 0ms", "不通"),
        ("1 Pakete übertragen, 0 empfangen, 100% Paketverlust", "不通"),
        ("1 paquets transmis, 1 reçus, 0 % perte de paquets", "通"),
        ("1 paquetes transmitidos, 0 recibidos, 100% paquetes perdidos", "不通"),
        ("已发送 1 个包， 已接收 1 个包, 0% 包丢失", "通"),
        ("1 пакетов передано, 0 получено, 100% потеряно", "不通"),
        ("送信パケット数 1, 受信パケット数 0, パケット損失 100%", "不通"),
        ("64 バイト応答 送信元 10.0.0.2: icmp_seq=1 ttl=64 時間=0.043ミリ秒", "通"),
        ("64 байта из 10.0.0.2: icmp_seq=1 ttl=64 время=0.05 мс", "通"),
        ("64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.05 ms", "通"),
        ("From 10.0.0.1 icmp_seq=1 Destination Host Unreachable", "不通"),
    ],
)
def test_statistics_tell_in_every_language(line: str, word: str) -> None:
    text = fenced(f"$ {PING}", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.", line)
    assert claims(text)[PING] == [("outcome", word)]


@pytest.mark.parametrize(
    "text",
    [
        fenced(f"$ {PING}  # fails"),
        fenced(f"$ {PING}", "# still not reachable"),
        fenced(f"$ {PING}") + "ns2 doesn't answer yet.\n",
        "At first ns2 cannot be reached:\n\n" + fenced(f"$ {PING}"),
        fenced(f"# {PING}", "不通"),
        fenced(f"$ {PING}   // 不通"),
        "Voyons :\n\n" + fenced(f"$ {PING}") + "La machine ne répond pas.\n",
    ],
)
def test_words_beside_after_and_before_a_command(text: str) -> None:
    assert claims(text)[PING] == [("outcome", "不通")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        # Words before a colon introduce what follows, past the steps that lead to it.
        (
            "It answers:\n\n" + fenced(FIRST) + "The other does not answer:\n\n" + fenced("ip link set a up", SECOND),
            "通",
            "不通",
        ),
        # Only the last sentence does; those before it tell of what stands above.
        (fenced(FIRST) + "It works! But the other cannot be reached:\n\n" + fenced(SECOND), "通", "不通"),
        # A command that asks follows: it is that one's. None follows: it is the one above.
        (fenced(FIRST) + "No reply, so look:\n\n" + fenced("ip route") + "Then:\n\n" + fenced(SECOND), "不通", ""),
        ("## a: fails\n\n" + fenced(FIRST) + "## b: works\n\n" + fenced("ip route flush cache", SECOND), "不通", "通"),
        # Comments stand above their commands where the first of them does.
        (fenced("# works", FIRST, "# does not work", SECOND), "通", "不通"),
        (fenced(FIRST, "# works", SECOND, "# does not work"), "通", "不通"),
        # What turns the outcome round is said of what follows.
        ("It fails:\n\n" + fenced(FIRST) + "Put it back and it works again.\n\n" + fenced(SECOND), "不通", "通"),
        ("It works:\n\n" + fenced(FIRST) + "As I said, it works.\n\n" + fenced(SECOND), "通", ""),
        ("Both of them answer:\n\n" + fenced(FIRST, SECOND), "通", "通"),
        ("It answers:\n\n" + fenced(FIRST, SECOND), "通", ""),
        # Something is stated above the first, nothing below the last: so all of it stands above.
        ("- ns1: works\n\n" + fenced(FIRST) + "- ns2: fails\n\n" + fenced(SECOND), "通", "不通"),
        (fenced(FIRST) + "- ns1: works\n\n" + fenced(SECOND) + "- ns2: fails\n\n", "通", "不通"),
        # Words that nobody knows stand above the first of them.
        (
            "To begin with they are as thick as thieves.\n\n" + fenced(FIRST) + "Now it fails.\n\n" + fenced(SECOND),
            "",
            "不通",
        ),
        # Told above, and the opposite of what follows.
        (
            "They see each other.\n\n" + fenced(FIRST) + "But the host cannot be reached.\n\n" + fenced(SECOND),
            "通",
            "不通",
        ),
        ("So ask.\n\n" + fenced(FIRST) + "But it cannot be reached.\n\n" + fenced(SECOND), "不通", ""),
        # A verdict stands before its reason.
        (fenced(FIRST + "  # works, the router does not answer", SECOND), "通", ""),
        # The next one is the one below.
        (fenced(FIRST) + "Nobody listens any more, so the next one fails.\n\n" + fenced(SECOND), "", "不通"),
    ],
)
def test_of_which_command_words_tell(text: str, first: str, second: str) -> None:
    told = claims(text)
    assert [claim for _, claim in told[FIRST]] == [first] * bool(first)
    assert [claim for _, claim in told[SECOND]] == [second] * bool(second)


def test_words_about_another_address_are_not_this_commands() -> None:
    text = fenced(f"$ {PING}", "$ ping -c 1 10.0.0.3") + "10.0.0.2 cannot be reached.\n"
    assert claims(text)["ping -c 1 10.0.0.3"] == []


def test_words_about_all_of_several_pings() -> None:
    text = fenced(f"$ {PING}", "$ ping -c 1 10.0.0.3") + "Both pings succeed.\n"
    assert claims(text) == {PING: [("outcome", "通")], "ping -c 1 10.0.0.3": [("outcome", "通")]}


def test_words_tell_of_whom_by_addresses_names_and_numbers() -> None:
    other = "ping -c 1 10.0.0.3"
    both = {PING: [("outcome", "通")], other: [("outcome", "不通")]}
    text = fenced(f"$ {PING}", f"$ {other}")
    assert claims(text + "The first works, the second does not.\n") == both
    assert claims(text + "10.0.0.2 answers, but 10.0.0.3 does not.\n") == both
    assert claims(text + "第一个能通，第二个不通。\n") == both


def test_names_of_namespaces_tell_of_whom() -> None:
    text = fenced(
        "$ ip netns add left",
        "$ ip netns add right",
        "$ ip -n left addr add 10.0.0.1/24 dev a",
        "$ ip -n right addr add 10.0.0.2/24 dev b",
        f"$ ip netns exec left {PING}",
    )
    command = f"ip netns exec left {PING}"
    assert claims(text + "left can ping right.\n")[command] == [("outcome", "通")]
    assert claims(fenced("$ ip netns add far") + text + "far can't be reached.\n")[command] == []
    both = "far can't ping left, but left can ping right.\n"
    assert claims(fenced("$ ip netns add far") + text + both)[command] == [("outcome", "通")]


def test_a_container_that_asks() -> None:
    text = fenced("$ docker exec -it box ping -c 1 10.0.0.2  # works")
    assert claims(text)["docker exec -it box ping -c 1 10.0.0.2"] == [("outcome", "通")]


def test_an_output_of_another_address_is_a_doubt_and_no_claim() -> None:
    text = fenced(
        f"$ {PING}",
        "PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.",
        "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
    )
    assert claims(text)[PING] == []
    assert any("10.0.0.9" in doubt for doubt in doubts(text))


def test_words_that_contradict_the_output_are_a_doubt() -> None:
    text = fenced(f"$ {PING}  # fails", "1 packets transmitted, 1 received, 0% packet loss, time 0ms")
    assert claims(text)[PING] == []
    assert any("fails" in doubt for doubt in doubts(text))


@pytest.mark.parametrize(
    ("command", "line", "words"),
    [
        (PING, "ping: connect: Network is unreachable", "Network is unreachable"),
        ("ip link add br0 type bridge", "RTNETLINK answers: File exists", "RTNETLINK answers: File exists"),
        ("curl 10.0.0.2", "curl: (7) Failed to connect to 10.0.0.2 port 80: Connection refused", "Connection refused"),
    ],
)
def test_messages_of_failure_are_meant(command: str, line: str, words: str) -> None:
    found = claims(fenced(f"$ {command}", line))[command]
    assert found in ([("fails", words)], [("outcome", "不通")])


def test_a_path_that_moved_is_not_meant() -> None:
    line = 'Cannot remove namespace file "/var/run/netns/a": No such file or directory'
    assert claims(fenced("$ ip netns del a", line)) == {"ip netns del a": [("fails", 'a": No such file or directory')]}


def test_messages_of_translated_systems() -> None:
    assert claims(fenced(f"$ {PING}", "connect: 网络不可达"))[PING] == [("fails", "Network is unreachable")]


def test_a_listing_in_a_namespace_that_was_entered_is_whole() -> None:
    listing = "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN"
    [claim] = outputs(fenced("$ unshare -n bash", "$ ip link", listing))
    assert claim.lines == (listing,)


def test_no_output_is_claimed() -> None:
    assert claims(fenced("$ ip netns", "(no output)"))["ip netns"] == [("empty", "")]
    assert claims(fenced("# ip netns", "此处为空"))["ip netns"] == [("empty", "")]


@pytest.mark.parametrize(
    "words",
    [
        "The command returns nothing.",
        "此时没有任何输出。",
        "何も表示されません。",
        "아무것도 출력되지 않습니다.",
        "Ничего не выводится, потому что ничего не показано: команда ничего не выводит.",
        "La commande n'affiche rien.",
        "El comando no muestra nada.",
        "Der Befehl zeigt nichts.",
        "Lệnh không hiển thị gì.",
    ],
)
def test_no_output_in_words(words: str) -> None:
    assert claims(fenced("$ ip netns list") + words + "\n")["ip netns list"] == [("empty", "")]
    assert claims(fenced("$ ip netns add a") + words + "\n")["ip netns add a"] == []


def test_exit_statuses_in_words() -> None:
    assert claims(fenced("$ ip link add a") + "It exits with status 2.\n")["ip link add a"] == [("exit", "2")]
    assert claims(fenced("$ ip link add a") + "退出码为 255。\n")["ip link add a"] == [("exit", "255")]
    assert claims(fenced("$ ip link add a") + "If it exits with 1, look.\n")["ip link add a"] == []


def test_failures_that_kernels_word_otherwise_are_told_by_their_status() -> None:
    told = "RTNETLINK answers: Operation not supported"
    session = read_tutorial(fenced("$ ip link add a type vlan", told), "a.md").session
    [command] = [item for item in session.items if isinstance(item, Command)]
    assert [(c.kind, c.value) for c in command.claims] == [("fails", told)]
    assert "{exit: [1, 2, 126, 127, 255]}" in author(session).text


def test_what_is_quoted_as_printed() -> None:
    assert claims(fenced("$ cat /proc/sys/net/ipv4/ip_forward  # => 0")) == {
        "cat /proc/sys/net/ipv4/ip_forward": [("contains", "0")]
    }
    assert claims(fenced("$ curl 10.0.0.2") + 'You should see "hello" now.\n') == {
        "curl 10.0.0.2": [("contains", "hello")]
    }


def test_what_an_author_marked_in_an_output() -> None:
    text = fenced(
        "$ ip -n ns1 route",
        "**default** via 10.0.0.1 dev v0   <--- this one",
        "10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.2",
    )
    [claim] = outputs(text)
    assert claim.lines[0] == "default via 10.0.0.1 dev v0"


def test_what_prints_nothing_printed_nothing() -> None:
    assert outputs(fenced("$ cd /tmp", "some words that follow")) == []


def test_files_of_the_author_are_not_compared() -> None:
    assert outputs(fenced("$ cat /etc/hosts", "127.0.0.1 localhost", "10.0.0.9 mine")) == []
    assert len(outputs(fenced("$ echo a > f", "$ cat f", "a"))) == 1


def test_a_namespace_that_ip_is_told_of_is_whole() -> None:
    listing = "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN"
    assert [c.lines for c in outputs(fenced("$ ip -n ns1 link", listing))] == [(listing,)]


def test_what_kernels_put_into_every_namespace_is_left_out() -> None:
    lines = ("1: lo: <LOOPBACK> mtu 65536", "2: tunl0@NONE: <NOARP> mtu 1480", "3: v0@if4: <UP> mtu 1500")
    [claim] = outputs(fenced("$ ip -n ns1 link", *lines))
    assert claim.lines == ("...", lines[0], "...", lines[2], "...")


def test_the_mac_of_a_bridge_is_its_ports() -> None:
    listing = ("3: br0: <UP> mtu 1500", "    link/ether 1a:f5:b2:8e:ca:a5 brd ff:ff:ff:ff:ff:ff")
    made = ("$ ip link add br0 type bridge", "$ ip link show br0", *listing)
    [claim] = outputs(fenced(*made))
    assert claim.lines[2] == "    link/ether xx:xx:xx:xx:xx:xx brd ff:ff:ff:ff:ff:ff"
    [claim] = outputs(fenced(*made, "$ ip link set m0 address 1a:f5:b2:8e:ca:a5"))
    assert claim.lines[2] == listing[1]


def test_an_output_of_another_command_is_none_of_ip_netns() -> None:
    text = fenced("$ ip netns list", "6: v0@v1: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN")
    assert claims(text)["ip netns list"] == []
    assert claims(fenced("$ ip netns list", "a (id: 0)", "b"))["ip netns list"] == [("output", "")]


def test_an_output_that_is_all_left_out_claims_nothing() -> None:
    assert outputs(fenced("$ ssh box", "...")) == []


def test_tags_that_a_page_left_are_no_output() -> None:
    assert outputs(fenced("$ ip netns add a", "    </code>")) == []


def test_what_is_said_while_a_ping_goes_on() -> None:
    text = fenced("ping 10.0.0.2", "# still unreachable", "# second terminal", "ip -n a link set b up")
    assert claims(text)["ping 10.0.0.2"] == [("outcome", "不通")]


def test_an_excerpt_of_a_namespaces_interfaces() -> None:
    [claim] = outputs(fenced("$ ip -n ns1 link", "3: v0@if4: <UP> mtu 1500"))
    assert claim.lines == ("...", "3: v0@if4: <UP> mtu 1500", "...")


def test_packets_that_say_the_same_count_once_and_names_are_the_authors() -> None:
    lines = [
        f"12:00:0{n}.000001 IP {a} > {b}: ICMP echo {what}, id 7, seq {n}, length 64"
        for n in (1, 2, 3)
        for a, b, what in (("box.lan", "dns.google", "request"), ("dns.google", "box.lan", "reply"))
    ]
    [claim] = outputs(fenced("$ tcpdump -c 6 -i br0", *lines))
    packet = "12:00:01.000001 IP ... > ...: ICMP echo {}, id 7, seq 1, length 64"
    assert claim.lines == ("...", packet.format("request"), "...", packet.format("reply"), "...")


def outputs(text: str) -> list[Claim]:
    return [c for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command) for c in item.claims]


def test_a_listing_keeps_what_the_text_made() -> None:
    text = fenced(
        "$ ip link add br0 type bridge",
        "$ ip link",
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN",
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
        "2: ens33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP",
        "    link/ether 00:0c:29:aa:bb:cc brd ff:ff:ff:ff:ff:ff",
        "3: br0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN",
        "    link/ether 5e:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
    )
    [claim] = outputs(text)
    assert [line[:7] for line in claim.lines] == [
        *("...", "1: lo: ", "    lin"),
        *("...", "3: br0:", "    lin", "..."),
    ]


def test_a_capture_lets_other_packets_pass() -> None:
    text = fenced("$ tcpdump -c 1 -i br0", "12:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ICMP echo request")
    [claim] = outputs(text)
    assert [line[:3] for line in claim.lines] == ["...", "12:", "..."]


@pytest.mark.parametrize(
    ("before", "command", "line"),
    [
        # Names with a variable are those of a loop or a function.
        (
            "for i in 1 2; do ip link add br$i type veth peer name v$i; done",
            "bridge link",
            "4: br1@v1: <UP> master br0",
        ),
        ("ip link set dev e0 arp off", "ip link show e0", "4: e0@if5: <BROADCAST,NOARP,UP> mtu 1500 qdisc noqueue"),
        (
            "bridge vlan add dev p1 vid 10; ip link add p1 type veth",
            "bridge vlan show",
            "p1     10 PVID Egress Untagged",
        ),
        ("ping -c 1 10.0.0.2 > /dev/null", "arp -n", "10.0.0.2      ether   06:cc:1f:90:3a:5d   C       e0"),
        ("ip route add 10.7.0.0/16 via 10.0.0.2", "ip route get 10.7.0.1", "10.7.0.1 via 10.0.0.2 dev e0 src 10.0.0.1"),
        ("ip netns add a", "ip -n a route show type blackhole", "blackhole 10.200.0.0/16"),
    ],
)
def test_what_the_text_made_or_changed_is_in_listings(before: str, command: str, line: str) -> None:
    told = {c.lines for c in outputs(fenced(f"$ {before}", f"$ {command}", line)) if c.kind == "output"}
    assert any(line in lines for lines in told)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("ip route get 10.7.0.1", "10.7.0.1 via 10.0.0.2 dev e0 src 10.0.0.1"),
        ("arp -n", "Address     HWtype  HWaddress"),
    ],
)
def test_what_the_text_did_not_make_is_not(command: str, line: str) -> None:
    assert outputs(fenced(f"$ {command}", line)) == []


def test_an_answer_that_is_sent_away_is_none() -> None:
    told = claims(fenced("$ ping -c1 10.0.0.1 > /dev/null && echo OK", "OK"))
    assert [kind for [(kind, _)] in told.values()] == ["output"]


def test_a_usage_is_a_failure() -> None:
    told = claims(fenced("$ tc qdisc add dev e0 root tbf", '"burst" requires "rate".', "Usage: ... tbf limit BYTES"))
    assert [kind for [(kind, _)] in told.values()] == ["fails"]


def test_busybox_complains_below_its_header() -> None:
    told = claims(
        fenced("$ ping -c 1 10.0.0.1", "PING 10.0.0.1 (10.0.0.1): 56 data bytes", "ping: sendto: Network unreachable")
    )
    assert list(told.values()) == [[("fails", "Network unreachable")]]


def test_what_is_said_of_a_neighbour_of_ones_own_interface() -> None:
    [claim] = outputs(
        fenced("$ ip link add w0 type veth", "$ ip neigh show dev w0", "10.0.0.2 lladdr 6a:09:3f:d1:2e:70 STALE")
    )
    assert claim.lines == ("10.0.0.2 lladdr 6a:09:3f:d1:2e:70 STALE",)


def test_notices_of_jobs_are_no_output() -> None:
    assert outputs(fenced("$ nc -l 8000 &", "[1] 4711")) == []
    [claim] = outputs(fenced("$ echo test", "test", "[1]+  Done                    nc -l 8000"))
    assert claim.lines == ("test",)


def test_an_outcome_behind_a_label() -> None:
    assert outcomes_said("may1 ping may2: thông")[0].word == "通"
    assert outcomes_said("a → b: NG")[0].word == "不通"


@pytest.mark.parametrize(
    "phrase",
    [
        "Verifying NAT Is Working",
        "To validate the setup is working as intended",
        "What is actually responding to the pings",
        "Si funciona correctamente se reenvía",
        "Simulación de fallo",
    ],
)
def test_more_that_states_nothing(phrase: str) -> None:
    assert outcomes_said(phrase) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "deberíamos ver como no tenemos conectividad",
        "kein Zugriff möglich",
        "it is stuck. Why?",
        "Still nothing.",
        "Nope.",
    ],
)
def test_more_that_denies(phrase: str) -> None:
    assert [said.word for said in outcomes_said(phrase)] == ["不通"]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("wg genkey", "oM3PZ1Htc7FnACoIZGhCyrfeR+Y8Yh34WzDaulNEjGs="),
        ("tcpdump -D", "1.eth0 [Up, Running]"),
        ("lsof -n | head", "统计进程的句柄占用"),
    ],
)
def test_what_no_other_machine_prints_is_not_compared(command: str, line: str) -> None:
    assert outputs(fenced(f"$ {command}", line)) == []


def test_words_behind_an_arrow_are_about_the_output() -> None:
    assert outputs(fenced("$ iptables -L POSTROUTING -n  → MASQUERADE rule visible")) == []


def test_a_failure_behind_a_label() -> None:
    told = claims(fenced("ping -c 1 10.0.0.2") + "**测试结果**:connect: Network is unreachable\n")
    assert list(told.values()) == [[("fails", "Network is unreachable")]]


def test_who_was_asked_is_in_the_table_of_neighbours() -> None:
    line = "? (10.0.0.2) at 00:90:27:3C:41:9F [ether] on eth0"
    told = outputs(fenced("$ ping -c 1 10.0.0.2 > /dev/null", "$ arp -a", line))
    assert [line in claim.lines for claim in told] == [True]


@pytest.mark.parametrize(
    "phrase", ["打开之后就可以了", "пинг продолжает идти", "The packets make it to the other side.", "잘 됩니다."]
)
def test_more_that_assents(phrase: str) -> None:
    assert [said.word for said in outcomes_said(phrase)] == ["通"]


@pytest.mark.parametrize(
    "lines",
    [
        "me@h:~# ping -c 1 10.0.0.1\n64 bytes from 10.0.0.1: ttl=64\n\n",
        "# works\nping -c 1 10.0.0.1\n",
        "> me@h:~# ping -c 1 10.0.0.1\n>\n",
        "It works:\nping 10.0.0.1\nip link set a up\n",
    ],
)
def test_the_words_around_a_command_are_few(lines: str) -> None:
    assert_linear(100, lambda size: lines * size, lambda text: read_tutorial(text, "a.txt"))


@pytest.mark.parametrize(
    "words",
    ["Once we add a route, this will work.", "In the next part we will be able to ping it."],
)
def test_what_will_be_later_is_not_claimed_now(words: str) -> None:
    assert not any(claims(fenced("$ ping -c 1 10.0.0.2") + f"{words}\n").values())


def test_what_ping_sums_up_in_prose() -> None:
    text = "ip netns exec a ping -c 3 10.0.2.2  \n\nExpected:  \n3 packets transmitted, 3 received  \n"
    assert list(claims(f"# T\n\n{text}").values()) == [[("outcome", "通")]]


def test_captures_without_times_and_with_broken_lines() -> None:
    shown = [
        "7a:87:09:62:f1:9c > 1a:7f:ad:06:7d:92, ethertype IPv4 (0x0800), length 98:",
        "    10.0.0.1 > 10.0.0.2: ICMP echo request, id 1734, seq 1, length 64",
    ]
    text = "".join(
        [
            fenced("$ tcpdump -n -e -i r1-eth0 icmp"),
            "**Terminal 2**:\n\n",
            fenced("$ tcpdump -n -e -i r1-eth1 icmp"),
            "**Terminal 1**:\n\n",
            fenced("$ ping -c 1 10.0.0.2"),
        ]
    )
    items = read_tutorial(f"**Terminal 3**:\n\n{text}Terminal 3:\n\n{fenced(*shown)}", "a.md").session.items
    (stopped,) = [item for item in items if isinstance(item, Stopped) and item.claims]
    assert stopped.terminal == "terminal3"
    assert stopped.claims[0].lines == ("...", f"... {shown[0]} {shown[1].strip()} ...", "...")


def test_an_address_below_a_listing_is_in_it() -> None:
    assert claims(fenced("ip addr show eth0") + "It has:\n\n" + fenced("10.0.1.2/24")) == {
        "ip addr show eth0": [("contains", "10.0.1.2/24")]
    }


def test_what_packets_hold_stands_behind_bytes_that_nobody_reads() -> None:
    shown = [
        "IP 10.0.0.1.44770 > 10.0.0.2.80: Flags [P.], seq 1:80, ack 1, length 79: HTTP: GET / HTTP/1.1",
        "GET / HTTP/1.1",
        "Host: 10.0.0.2",
        "IP 10.0.0.2.80 > 10.0.0.1.44770: Flags [.], ack 80, length 0",
    ]
    [claim] = outputs(fenced("$ tcpdump -n -A -c 2 tcp port 80", *shown))
    assert claim.lines == (
        "...",
        f"... {shown[0].replace('length 79', 'length ...')} ...",
        "...",
        "... GET / HTTP/1.1",
        "Host: 10.0.0.2",
        "...",
        f"... {shown[3]} ...",
        "...",
    )


def test_a_job_in_the_background_prints_among_the_outputs_of_others() -> None:
    text = "$ python3 -m http.server 8000 &\n$ curl -s http://127.0.0.1:8000/\nhello\n$ kill %1\n$ echo hello\nhello\n"
    session = read_tutorial(text, "text.txt").session
    lines = [claim.lines for item in session.items if isinstance(item, Command) for claim in item.claims]
    assert lines == [("...", "hello", "..."), ("hello",)]


@pytest.mark.parametrize(
    "words",
    [
        "A reply! Without a route, ping fails.",
        "It works. If you take the cable away, ping fails.",
        "已经能通了。如果把 v2 关掉，就 ping 不通了。",
        "届きました。ちなみにv0を落とすと、もちろん届かなくなります。",
        "대답이 왔습니다. 라우팅이 없으면 핑은 실패합니다.",
        "Сосед ответил. Если положить v0, пинг перестанет проходить.",
        "Ça marche. Sans l'adresse sur v0, le ping échoue.",
        "Ya responde. Si quitamos el cable, el ping falla.",
        "Es funktioniert. Ohne Adresse schlägt der Ping fehl.",
        "Ping thành công. Nếu tắt v0 thì ping sẽ không được.",
    ],
)
def test_another_case_is_not_the_one_shown(words: str) -> None:
    assert claims(fenced(f"$ {PING}") + f"{words}\n")[PING] == [("outcome", "通")]


@pytest.mark.parametrize("words", ["With a rule, the ping would fail.", "Mit einer Regel würde der Ping scheitern."])
def test_what_would_be_is_not_claimed(words: str) -> None:
    assert claims(fenced(f"$ {PING}") + f"{words}\n\n" + fenced(f"$ {SECOND} ")) == {PING: []}
    expected = "As you would expect, it fails.\n"
    assert claims(fenced(f"$ {PING}") + expected)[PING] == [("outcome", "不通")]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        (
            "Over the first link the peer answers:",
            "With that one cut, nothing comes back.",
            "With the second it works.",
        ),
        ("Avec le premier lien, ça marche :", "Coupons-le : plus rien ne passe.", "Avec le second, ça remarche."),
        ("Über die erste Leitung klappt es:", "Wird sie gekappt, herrscht Stille.", "Mit der zweiten klappt es."),
        ("走第一条线能通：", "把它断开以后就不通了。", "换成第二条线之后又通了。"),
        ("Qua đường thứ nhất ping được:", "Ngắt nó đi thì mất liên lạc.", "Bật đường thứ hai thì lại thông."),
    ],
)
def test_a_step_and_what_comes_of_it_stand_above_the_commands_that_take_it(first: str, second: str, third: str) -> None:
    pings = [f"ping -c {n} 10.0.0.2" for n in (1, 2, 3)]
    text = f"{first}\n\n{fenced(pings[0])}\n{second}\n\n{fenced('ip link set a down', pings[1])}\n{third}\n\n"
    told = claims(f"# T\n\n{text}{fenced('ip link set b up', pings[2])}")
    assert [told[ping] for ping in pings] == [[("outcome", "通")], [("outcome", "不通")], [("outcome", "通")]]
    after = f"Ask first:\n\n{fenced('ip link set a up', pings[0])}\nWith the link up it works.\n\n"
    assert claims(after + fenced("ip link set a down", pings[1]))[pings[0]] == [("outcome", "通")]


def test_a_step_that_is_ordered_is_not_done_yet() -> None:
    for words in ("Bring the port up again and the ping recovers.", "Возвращаем порт, и пинг снова проходит."):
        text = fenced("ip link set a down", FIRST) + f"{words}\n\n" + fenced("ip link set a up", SECOND)
        assert claims(text)[FIRST] == []
        assert claims(text)[SECOND] == [("outcome", "通")]


def test_a_case_that_is_made_next_is_claimed() -> None:
    text = (
        fenced(f"$ {PING}") + "If we take the cable away, ping fails:\n\n" + fenced("$ ip link del v0", f"$ {SECOND} ")
    )
    assert claims(text)[SECOND] == [("outcome", "不通")]
    assert claims(fenced(f"$ {PING}") + "If all went well, you get a reply.\n")[PING] == [("outcome", "通")]


def test_what_is_said_of_services_is_not_said_of_pings() -> None:
    curl = "curl -m 1 10.0.0.2:80"
    text = fenced(f"$ {PING}") + "Nobody listens at port 80, the connection is refused.\n\n"
    assert claims(text)[PING] == []
    both = fenced(f"$ {curl}", f"$ {PING}") + "The ping is answered, but port 80 is blocked.\n"
    assert claims(both) == {curl: [("outcome", "不通")], PING: [("outcome", "通")]}


def test_tables_of_commands_and_their_results() -> None:
    head = "| command | result |\n|---|---|\n"
    table = f"{head}| `{FIRST}` | ok |\n| `{SECOND}` | no answer |\n"
    told = {FIRST: [("outcome", "通")], SECOND: [("outcome", "不通")]}
    assert claims(table) == told
    assert claims(fenced(FIRST, "ip link", SECOND) + table) == {**told, "ip link": []}
    assert claims(table.replace("result", "meaning")) == {}
    stages = f"{head}| `{FIRST}` | ok |\n| `{FIRST}` | no answer |\n"
    assert claims(stages) == {}


ANSWERED_BY_FIGURES = """
The host and the namespace can exchange packets. / 现在两边可以互发数据包了。 / これでパケットをやり取りできます。
이제 패킷을 주고받을 수 있습니다. / Host und Namespace können nun Pakete austauschen.
All of the traffic finds its way. / There we have it: the two are connected. / Three out of three.
没有障碍，畅通无阻。
The ping goes through; if it hadn't, we would have checked the firewall. / 对面立刻有了反应。 / ICMP is not affected.
待つまでもなく返事が来ました。 / 今度はちゃんと返事をもらえました。 / 드디어 대답이 돌아왔습니다!
Отлично, сосед откликнулся.
Ответ не заставил себя ждать. / La réponse ne se fait pas attendre. / Bleu donne signe de vie.
La respuesta no se hace esperar.
Ahora sí que hay respuesta. / Die Antwort lässt nicht lange auf sich warten. / Na bitte, es geht doch!
Lần này đã có tiếng đáp lại.
"""
UNANSWERED_BY_FIGURES = """
This confirms that the subnets are still separated. / 由于没有到该网段的路由，ping 直接返回错误。
サブネットはまだ分かれたままです。
두 서브넷은 아직 분리되어 있습니다. / Подсети по-прежнему разделены. / Les sous-réseaux sont encore séparés.
`left` has no idea where to send that. / Total blackout, as ordered. / curl gives up after two seconds.
Different VLAN – crickets.
The two guests are strangers to each other. / 各自为政，谁也看不见谁。 / 一直等到超时也没等来回包。
うんともすんとも言いません。
門前払いされました。 / 묵묵부답입니다. / 아무리 기다려도 소식이 없네요. / Пинг не успешен. / Как видим, тишина.
Cette fois, c'est le silence radio. / Nos quedamos esperando para nada. / Der Ping läuft in eine Wand.
Chờ mãi chẳng thấy gì.
这是因为 ns2 没有回程路由，所以收不到应答。 / Los paquetes salen, pero no regresan. / Wie erwartet geht das schief.
"""
NO_FIGURES = """
The packets do not cross the bridge, because both ends sit in the same namespace. / The -W option says how long to wait.
数据包不会经过物理网卡，而是直接在网桥内部转发。 / 回复报文的源地址会被 conntrack 改回来。
パケットは物理NICを通らず、ブリッジの中だけで転送されます。
패킷은 물리 NIC를 거치지 않고 브리지 안에서만 전달됩니다. / Пакеты не проходят через мост.
Les paquets ne passent pas par la carte.
Los paquetes no pasan por el puente. / Die Pakete laufen nicht über die Bridge. / Gói tin không đi qua card vật lý.
The request leaves through veth0, and the reply is sent back through veth1.
If you get a timeout here, go back to step 2. / The first packet may be lost. / No need to wait for the reply.
如果没有回应，请检查上一步。 / 届かない場合は、手順2に戻ってください。 / 응답이 없다면 앞 단계를 다시 확인하세요.
Bleibt die Antwort aus, zurück zu Schritt 2. / Si no hay respuesta, vuelva al paso 2.
En l'absence de réponse, revenez à l'étape 2.
"""


@pytest.mark.parametrize(
    ("said", "word"), [(ANSWERED_BY_FIGURES, ["通"]), (UNANSWERED_BY_FIGURES, ["不通"]), (NO_FIGURES, [])]
)
def test_figures_of_speech_below_a_command(said: str, word: list[str]) -> None:
    command = {phrase: "curl -m 2 10.0.0.2" if "curl" in phrase else PING for phrase in phrases(said)}
    told = {
        one: [value for _, value in claims(fenced(f"$ {asks}") + f"{one}\n")[asks]] for one, asks in command.items()
    }
    assert {one: value for one, value in told.items() if value != word} == {}


def test_an_answer_that_is_hinted_at_counts_where_nothing_else_is_said() -> None:
    assert [said.word for said in outcomes_said("The request leaves, but the reply never gets back.")] == ["不通"]
    assert [said.word for said in outcomes_said("Replies trickle in, one per second.")] == ["通"]
    assert (
        outcomes_said("The reply would have to be sent by the router that nobody has told about the network yet.") == []
    )
