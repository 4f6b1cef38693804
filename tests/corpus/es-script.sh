#!/bin/sh
# Prueba rápida de un enlace veth. Ejecutar como root.

NS1=rojo
NS2=azul
trap 'ip netns del $NS1; ip netns del $NS2' EXIT

ip netns add $NS1
ip netns add $NS2

# el cable
ip link add vr netns $NS1 type veth \
    peer name va netns $NS2

ip -n $NS1 addr add 10.222.0.1/30 dev vr
ip -n $NS2 addr add 10.222.0.2/30 dev va
ip -n $NS1 link set vr up
ip -n $NS2 link set va up

# debe responder
ip netns exec $NS1 ping -c 1 10.222.0.2 || exit 1

i=0
while [ $i -lt 3 ]; do
    ip netns exec $NS2 ping -q -c 1 10.222.0.1
    i=$((i + 1))
done

echo "todo bien"
