"""What words say in nine languages: an outcome, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.claims.words import outcomes_said
from tests.tutorials import PING, claims, fenced

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


DENIED_FROM_AFAR = """
Keinerlei Reaktion von der Gegenseite. / Der Host rührt sich nicht. / 怎么ping都没人理。 / 对方始终不给回应。
Plus aucun signe de la passerelle. / Le ping ne donne strictement rien. / The reply never materialises.
Daraufhin ist ns2 von ns1 aus nicht länger zu erreichen.
Hier antwortet leider niemand. / Hier antwortet natürlich niemand. / Es antwortet natürlich nichts.
Nicht einmal der Nachbar antwortet. / Not even the gateway answers. / Ni siquiera responde el vecino.
The ping works no longer. / Here answers, of course, nobody. / Отвечать тут некому.
Il n'y a pas même la passerelle qui répond. / 连网关都不回应。 / 连网关都不通。 / 网关都不理我们。
pingは飛びません / pingが飛ばない
誰も答えない / Damit ist der Host nicht mehr erreichbar. / 依然没有通。 / It works? Not at all.
does not quite work yet / Far from working, the ping times out. / Not even the loopback address answers.
Sadly, here nobody ever answers. / There is unfortunately no one to answer. / The host responds no more.
Answer comes there none. / The gateway doesn't even answer once. / Nothing, of course, comes back.
Es meldet sich leider immer noch niemand. / Auf unseren Ping antwortet erwartungsgemäß keiner.
Nicht einmal das Gateway ist erreichbar. / Selbst der Nachbar antwortet nicht.
Damit funktioniert der Ping nun nicht mehr. / Hier kommt leider gar nichts mehr zurück.
Même la passerelle ne répond pas. / Pas même la passerelle ne répond.
Ici, bien sûr, ne répond personne. / Ne répond malheureusement personne.
Il n'y a personne pour répondre. / Ni siquiera la puerta de enlace responde.
Aquí, por supuesto, no responde nadie. / Lamentablemente aquí no contesta nadie.
No hay nadie que responda. / Даже шлюз не отвечает. / Здесь, конечно, никто не отвечает.
Отвечает, увы, никто. / Хост больше не доступен. / Пинг, к сожалению, пока не проходит. / 连网关都ping不通。
连网关也不回应。 / 当然，这里没有人回应。 / 仍然没有通。 / ゲートウェイさえ応答しません。
ゲートウェイすら応答がない。 / もちろん誰も応答してくれません。 / やはりpingが飛ばない。
게이트웨이조차 응답하지 않습니다. / 당연히 아무도 대답하지 않는다. / 이제 더는 핑이 가지 않는다.
Ngay cả gateway cũng không trả lời.
Tất nhiên là không có ai trả lời. / Đến cả hàng xóm cũng chẳng phản hồi.
Not even once did the host reply. / The neighbour did not, alas, answer. / Replies? None whatsoever.
The peer is by no means reachable. / Neither host can any longer reach the other.
The ping works on no interface. / Reachable it is not. / This time around, nothing whatsoever answers.
Zu erreichen ist hier niemand. / Der Ping klappt leider immer noch nicht.
Das Gegenüber ist keineswegs erreichbar. / Erreichbar ist der Host jetzt nicht mehr.
Es kommt überhaupt keine Antwort. / Da antwortet weit und breit keiner. / Von einer Antwort keine Spur.
Toujours personne ne répond, évidemment. / Le voisin ne répond même pas.
La machine n'est désormais plus du tout joignable. / Le ping, hélas, ne passe toujours pas.
El ping, por desgracia, sigue sin pasar. / Tampoco responde el vecino. / De momento aquí no hay quien conteste.
El host ya no está disponible ni responde. / Пинг, увы, так и не проходит. / Ни шлюз, ни сосед не отвечают.
Ответить здесь просто некому. / Узел всё ещё вовсе не доступен. / 到现在还是一个都ping不通。
别说外网了，连网关都ping不到。 / 当然 ping 不通啦。 / 压根就没人理。 / まったく応答してくれない。
残念ながら、まだ通信できていません。 / 隣のホストすら見えません。 / pingは相変わらず飛ばないままです。
역시 아직도 핑이 안 됩니다. / 이웃조차 응답하지 않네요. / Vẫn chẳng có ai trả lời.
Tiếc là ping vẫn không được. / Thậm chí gateway cũng không ping được.
Still no sign of the neighbour. / It regrettably never gets there.
Not a single one of the four pings was ever answered. / The router alone answers not.
The bridge passes nothing through any more. / You will wait for an answer in vain, of course.
Der Ping bleibt natürlich ohne Antwort. / Keine Maschine kann die andere jetzt noch erreichen.
Nach dem Löschen der Route ist leider Schluss. / Weder ns1 noch ns2 ist noch erreichbar.
On n'obtient évidemment aucune réponse. / Aucune machine ne répond, pas même la passerelle.
Le ping ne fonctionne bien sûr plus. / Ahora, naturalmente, el ping ya no llega.
Ni el router ni el vecino contestan. / No obtenemos, claro está, respuesta alguna.
Пинг теперь, конечно же, не проходит. / Никто и не думает отвечать. / Даже сосед больше не откликается.
现在连自己的网关都够不着了。 / 居然一个回包也没有。 / 隣にさえ届きません。
当然ながら応答はまったくありません。 / 물론 응답은 전혀 없습니다. / 이제 게이트웨이에도 핑이 안 갑니다.
Dĩ nhiên là ping không thông. / Không một ai hồi đáp cả.
"""
NOT_ONLY_SO = """
Jetzt klappt es nicht nur lokal, sondern auch über die Brücke. / Проверяем связь — пинг проходит.
Now it works not only by address but also by name. / It not only answers, it answers fast.
It could not work better. / Der Ping klappt nicht nur mit der Adresse, sondern auch mit dem Namen.
Nicht nur ns1 antwortet, sondern auch ns2. / Jetzt antwortet wirklich jeder.
Le ping passe non seulement en local, mais aussi à travers le pont.
Non seulement la passerelle répond, mais elle répond vite.
El ping funciona no solo en local, sino también a través del puente.
No solo responde, sino que responde rápido. / Пинг проходит не только локально, но и через мост.
Теперь не только ns1, но и ns2 отвечает. / 现在不仅本地能通，跨网桥也能通。
不但 ns1 可以 ping 通，ns2 也可以。
ローカルだけでなく、ブリッジ越しでも通信できます。 / 로컬뿐만 아니라 브리지를 통해서도 통신됩니다.
Ping không chỉ được trong nội bộ mà còn được qua cầu nối. / Không những ns1 mà cả ns2 cũng trả lời.
It works none the less. / The answer is not slow in coming.
Es funktioniert, nicht wahr? / Funciona, nada más fácil. / The ping works with nothing but a veth pair.
Der Ping kommt durch, obwohl keiner etwas geändert hat. / Пинг проходит, ничего удивительного.
It works, no more excuses. / Not a moment later the reply arrives. / ping通了，没什么好奇怪的。
 You do not even need a route for it to work. / Does it answer? Yes!
Funciona nada más añadir la ruta.
The ping gets through not just once but every time. / Nothing stands in the way any more: the ping works.
There is nothing that does not answer now. / The ping works, not only from ns1.
Der Ping kommt jetzt ohne Weiteres durch. / Nun antwortet endlich auch der Nachbar.
Nichts hindert den Ping mehr, er geht durch. / La passerelle répond, et pas seulement une fois.
Plus rien n'empêche le ping de passer. / Ya nada impide que el ping llegue.
Responde no solamente ns1, sino también ns2. / Пинг теперь проходит не только в одну сторону.
Ничто больше не мешает пингу проходить. / 不光能ping通，还很快。 / 现在没有什么能阻止它们通信了。
名前だけでなくアドレスでも通ります。 / これで何の問題もなく通るようになりました。
이제는 아무 문제 없이 통신됩니다. / Không chỉ ns1 ping được mà ns2 cũng ping được.
Bây giờ không còn gì cản trở, ping thông.
It answers not only quickly but reliably. / We couldn't be happier: the ping works. / Sure enough, it answers.
Es antwortet nicht bloß ns1, auch ns2 meldet sich. / Wie man sieht, geht der Ping jetzt tatsächlich durch.
Cette fois, le voisin répond bel et bien. / Esta vez el vecino sí que responde.
На этот раз сосед действительно отвечает. / 这回终于真的通了。 / 不只是本机，外网也能ping通。
今回は本当に応答が返ってきました。 / 이번에는 정말로 핑이 됩니다. / Lần này thì ping thực sự thông.
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


@pytest.mark.parametrize(("said", "word"), [(DENIED_FROM_AFAR, ["不通"]), (NOT_ONLY_SO, ["通"])])
def test_asides_hide_no_denial_below_a_command(said: str, word: list[str]) -> None:
    told = {one: [value for _, value in claims(fenced(f"$ {PING}") + f"{one}\n")[PING]] for one in phrases(said)}
    assert {one: value for one, value in told.items() if value != word} == {}


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(said.word in ("通", "不通") for said in outcomes_said(text))


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
    "phrase", ["打开之后就可以了", "пинг продолжает идти", "The packets make it to the other side.", "잘 됩니다."]
)
def test_more_that_assents(phrase: str) -> None:
    assert [said.word for said in outcomes_said(phrase)] == ["通"]


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
