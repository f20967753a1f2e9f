"""Tasks of applications in which a slot decides the answer: unlike domains.py, no model has read pairs made of these."""

VALUES = {
    'club': 'Arsenal,Bayern,Ajax,Porto,Celtic,Valencia,Napoli,Lyon,Benfica,Rangers'.split(','),
    'artist': 'Adele,Drake,Beyonce,Coldplay,Madonna,Sting,Prince,Shakira,Eminem,Rihanna,Bowie'.split(','),
    'film': 'Titanic,Avatar,Inception,Gladiator,Casablanca,Psycho,Jaws,Rocky,Alien,Amadeus'.split(','),
    'actor': 'Tom Hanks,Meryl Streep,Brad Pitt,Cate Blanchett,Denzel Washington,Emma Stone,Al Pacino'.split(','),
    'genre': 'comedy,drama,thriller,western,musical,horror,documentary,romance'.split(','),
    'dept': 'sales,marketing,finance,legal,engineering,support,research,logistics'.split(','),
    'role': 'manager,analyst,intern,director,accountant,designer,recruiter'.split(','),
    'metric': 'revenue,profit,turnover,margin,expenses,headcount,churn,growth'.split(','),
    'quarter': 'first quarter,second quarter,third quarter,fourth quarter'.split(','),
    'planet': 'mars,venus,jupiter,saturn,mercury,neptune,uranus'.split(','),
    'element': 'iron,gold,copper,oxygen,helium,carbon,zinc,lead,silver'.split(','),
    'crop': 'wheat,corn,barley,oats,tomatoes,potatoes,onions,carrots,beans'.split(','),
    'car': 'Golf,Corolla,Civic,Focus,Polo,Astra,Model 3,Prius,Clio'.split(','),
    'part': 'brakes,clutch,battery,engine oil,tyres,spark plugs,headlights,wipers'.split(','),
    'airport': 'heathrow,gatwick,schiphol,jfk,lax,orly,narita,changi'.split(','),
    'airline': 'delta,lufthansa,united,ryanair,emirates,klm,qantas'.split(','),
    'meal': 'breakfast,lunch,dinner,brunch'.split(','),
    'tool': 'git,docker,maven,gradle,npm,terraform,jenkins,ansible'.split(','),
    'cmd': 'commit,branch,image,container,plugin,module,pipeline,volume'.split(','),
    'os': 'windows,ubuntu,macos,android,ios,debian,fedora'.split(','),
    'state': 'alabama,alaska,arizona,colorado,georgia,hawaii,idaho,iowa,kansas,maine,montana,virginia'.split(','),
    'uni': 'Harvard,Oxford,Stanford,MIT,Yale,Princeton,Cambridge,Berkeley'.split(','),
    'subject': 'physics,law,medicine,history,economics,biology,philosophy,chemistry'.split(','),
    'author': 'Orwell,Tolstoy,Austen,Dickens,Kafka,Hemingway,Woolf,Proust'.split(','),
    'conf': 'SIGMOD,KDD,ICML,NeurIPS,CHI,SOSP'.split(','),
    'num': [str(x) for x in (3,5,7,9,12,18,20,25,30,45,60,80,120,150,300,450)],
    'yr': [str(x) for x in range(1990,2025)],
    'name': 'Alice,Marco,Priya,Chen,Fatima,Jonas,Yuki,Sofia,Omar,Lena'.split(','),
    'plan': 'basic,premium,family,student,business,enterprise'.split(','),
    'card': 'debit card,credit card,gift card,virtual card,prepaid card'.split(','),
    'status': 'open,closed,pending,rejected,approved,overdue'.split(','),
}

# wordings of one line mean the same, given equal slots
QUESTIONS = '''
who plays for {club}|list the players of {club}|squad of {club}|which players are at {club}
when does {club} play next|next match of {club}|what is the date of the next {club} game
did {club} beat {club2}|has {club} won against {club2}|was {club2} defeated by {club}
who coaches {club}|coach of {club}|what is the name of the {club} manager
play something by {artist}|put on a song of {artist}|i want to hear {artist}
add {artist} to my playlist|put {artist} on my playlist|my playlist should have {artist}
how old is {artist}|what is the age of {artist}|{artist} age
when was {artist} born|birthday of {artist}|date of birth of {artist}
which {genre} movies star {actor}|{genre} films with {actor}|find a {genre} with {actor} in it
who directed {film}|director of {film}|what is the name of the director of {film}
who starred in {film}|cast of {film}|which actors were in {film}
when was {film} released|release year of {film}|in what year did {film} come out
show movies directed by {actor}|films that {actor} directed|which movies did {actor} direct
show {genre} movies from {yr}|{genre} films of {yr}|which {genre} movies came out in {yr}
what was the {metric} of {dept} in {yr}|{dept} {metric} {yr}|show me {metric} for {dept} in {yr}
what was our {metric} in the {quarter} of {yr}|{metric} {quarter} {yr}|tell me the {metric} for the {quarter} {yr}
how many people work in {dept}|number of employees in {dept}|size of the {dept} team
who is the {role} of {dept}|name of the {dept} {role}|which person is the {role} in {dept}
hire a {role} for {dept}|we need a new {role} in {dept}|open a position for a {role} in {dept}
list all {status} tickets of {name}|show me {name}'s {status} tickets|which tickets of {name} are {status}
assign the ticket to {name}|give this ticket to {name}|{name} should take the ticket
how far is {planet} from the sun|distance of {planet} to the sun|what is the distance between {planet} and the sun
how many moons does {planet} have|number of moons of {planet}|moons of {planet}
is there water on {planet}|does {planet} have water|can water be found on {planet}
what is the melting point of {element}|at what temperature does {element} melt|{element} melting point
what is the boiling point of {element}|at what temperature does {element} boil|{element} boiling point
what is the atomic number of {element}|{element} atomic number|tell me the atomic number of {element}
when should i plant {crop}|best time to plant {crop}|in which month are {crop} planted
when should i harvest {crop}|best time to harvest {crop}|in which month are {crop} harvested
how do i change the {part} of a {car}|replacing {part} on a {car}|steps to swap the {part} on my {car}
how much does it cost to replace the {part} on a {car}|price of new {part} for a {car}|what will new {part} for my {car} cost
how many seats does the {car} have|number of seats in a {car}|{car} seats
when does {airline} fly from {airport} to {airport2}|{airline} departures {airport} to {airport2}|times of {airline} flights leaving {airport} for {airport2}
what time is {meal} served|when is {meal}|serving hours for {meal}
can i get {meal} in my room|is {meal} available as room service|please bring {meal} to my room
how do i remove a {cmd} with {tool}|deleting a {cmd} in {tool}|{tool} delete {cmd}
how do i create a {cmd} with {tool}|creating a {cmd} in {tool}|{tool} new {cmd}
install {tool} on {os}|how do i install {tool} on {os}|setting up {tool} under {os}
uninstall {tool} on {os}|how do i remove {tool} from {os}|getting rid of {tool} under {os}
what is the highest point in {state}|highest point of {state}|which place in {state} is highest
what is the lowest point in {state}|lowest point of {state}|which place in {state} is lowest
which states border {state}|what states are next to {state}|neighboring states of {state}
how many people live in {state}|population of {state}|what is the population of {state}
what rivers run through {state}|rivers in {state}|which rivers flow through {state}|give me the rivers of {state}
how much is the tuition for {subject} at {uni}|{uni} {subject} tuition|what does studying {subject} at {uni} cost
how do i apply for {subject} at {uni}|applying to {uni} for {subject}|what is the application process for {subject} at {uni}
books by {author}|which books did {author} write|what has {author} written
papers by {name} at {conf}|which {conf} papers did {name} write|show the papers {name} published at {conf}
papers at {conf} after {yr}|{conf} papers later than {yr}|which {conf} papers appeared after {yr}
papers at {conf} before {yr}|{conf} papers earlier than {yr}|which {conf} papers appeared before {yr}
how many papers did {name} publish in {yr}|number of papers by {name} in {yr}|count {name}'s papers of {yr}
upgrade me to the {plan} plan|i want to switch to the {plan} plan|please change my subscription to {plan}
what does the {plan} plan cost|price of the {plan} plan|how much is {plan}
what is included in the {plan} plan|features of the {plan} plan|what do i get with {plan}
i lost my {card}|my {card} is gone|i can't find my {card}
activate my {card}|how do i activate my {card}|i want to start using my new {card}
block my {card}|please freeze my {card}|stop all payments from my {card}
why was my {card} declined|my {card} does not work|payment with my {card} was refused
send {num} euros to {name}|transfer {num} euros to {name}|pay {name} {num} euros
withdraw {num} euros|take {num} euros out|i want to get {num} euros in cash
set the temperature to {num} degrees|make it {num} degrees|adjust the thermostat to {num} degrees
set the volume to {num}|volume {num}|turn the sound to {num}
'''.strip().split('\n')
