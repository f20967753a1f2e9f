"""Questions of many kinds of applications: wordings of one line of a group mean the same, given equal slots."""

SLOTS = {
    'city': 'paris london berlin madrid rome tokyo boston chicago seattle denver austin dublin oslo vienna prague lisbon '
            'athens cairo mumbai delhi sydney toronto houston dallas miami phoenix atlanta'.split(),
    'country': 'france germany spain italy japan canada mexico brazil india china norway sweden poland greece egypt '
               'turkey portugal ireland austria belgium texas ohio florida nevada utah oregon'.split(),
    'person': 'anna bob carol david emma frank grace henry irene jack kate liam maria noah olivia peter rachel sam '
              'tina victor'.split(),
    'product': 'laptop phone printer router headset monitor keyboard camera tablet watch charger speaker'.split(),
    'item': 'shoes jacket book lamp chair bike kettle blender backpack tent mattress toaster'.split(),
    'month': 'january february march april june july august september october november december'.split(),
    'day': 'monday tuesday wednesday thursday friday saturday sunday'.split(),
    'language': 'java python rust go kotlin ruby scala swift php javascript'.split(),
    'database': 'mysql postgres oracle mongodb redis sqlite cassandra mariadb'.split(),
    'service': 'billing login search checkout inventory shipping payment email profile report'.split(),
    'table': 'customers orders invoices products employees suppliers shipments accounts'.split(),
    'column': 'price salary age amount rating weight duration balance'.split(),
    'drug': 'aspirin ibuprofen insulin penicillin morphine codeine'.split(),
    'disease': 'asthma diabetes flu measles malaria migraine arthritis'.split(),
    'food': 'rice pasta chicken salmon bread soup lentils pancakes'.split(),
    'currency': 'euro dollar pound yen franc peso rupee'.split(),
    'feature': 'dark mode,two factor authentication,notifications,auto save,roaming,cookies,location sharing'.split(','),
    'file': 'invoice contract report photo backup spreadsheet presentation'.split(),
    'number': '2 3 4 5 6 7 8 10 12 15 20 24 25 30 40 50 60 75 90 100 200 250 365 500 1000'.split(),
    'year': [str(y) for y in range(1985, 2027)],
    'order': [str(n) for n in range(10021, 99999, 731)],
    'version': '1.2 1.3 2.0 2.1 3.0 3.5 4.1 8 11 17 21 25'.split(),
    'sport': 'tennis football chess hockey rugby golf cricket'.split(),
    'animal': 'dog cat rabbit horse hamster goat parrot'.split(),
}

# one group a domain, one line a meaning, wordings parted by |
DOMAINS = [text.strip().splitlines() for text in '''
where is my order {order}|track order {order}|what is the status of order {order}|has order {order} been shipped yet
cancel order {order}|i want to cancel my order {order}|please call off order {order}|how can order {order} be cancelled
return order {order}|i want to send back order {order}|how do i return what i got with order {order}
i was charged twice for order {order}|order {order} was billed two times|why is there a double charge for order {order}
change the address of order {order}|ship order {order} to another address|i need order {order} delivered somewhere else

how do i reset my password|i forgot my password|what are the steps to reset a password|password reset
how do i change my user name|i want another user name|can i rename my account
how do i delete my account|close my account for good|i want to get rid of my account|steps to remove my account
how do i reopen my account|get my deleted account back|can i restore a closed account
how do i change my email address|i have a new email address|update the email on my account

how do i turn on {feature}|how can i enable {feature}|steps to switch {feature} on|where do i activate {feature}
how do i turn off {feature}|how can i disable {feature}|steps to switch {feature} off|where do i deactivate {feature}
what is {feature}|explain {feature}|what does {feature} mean|what does {feature} do
is {feature} free|does {feature} cost anything|do i have to pay for {feature}

what is the weather in {city} on {day}|weather for {city} {day}|how will the weather be in {city} on {day}
will it rain in {city} on {day}|should i expect rain in {city} {day}|is rain likely on {day} in {city}
how warm will it get in {city} on {day}|highest temperature in {city} {day}

flights from {city} to {city2}|show me flights leaving {city} for {city2}|i want to fly to {city2} from {city}|find a flight to {city2} out of {city}
trains from {city} to {city2}|i need a train to {city2} from {city}|which trains go from {city} to {city2}
how long does the flight from {city} to {city2} take|flight time from {city} to {city2}|how many hours is it by plane from {city} to {city2}
how far is {city} from {city2}|distance between {city} and {city2}|what is the distance from {city2} to {city}|how many miles are between {city2} and {city}
book a hotel in {city} for {number} nights|i need a room in {city} for {number} nights|reserve {number} nights in {city}
cheapest hotel in {city}|which hotel in {city} costs least|what is the most affordable hotel in {city}
best hotel in {city}|top rated hotel in {city}|what is the finest hotel in {city}

how many {table} are there|count the {table}|what is the number of {table}|give me the total number of {table}
list all {table}|show me every one of the {table}|give me all {table}|display the {table}
which {table} have the highest {column}|show the {table} with the greatest {column}|find the {table} whose {column} is largest
which {table} have the lowest {column}|show the {table} with the smallest {column}|find the {table} whose {column} is least
what is the average {column} of {table}|mean {column} over all {table}|compute the average {column} for the {table}
{table} with {column} above {number}|show the {table} whose {column} is more than {number}|which {table} have a {column} greater than {number}
{table} with {column} below {number}|show the {table} whose {column} is less than {number}|which {table} have a {column} under {number}
{table} added after {year}|which {table} were added later than {year}|show {table} created after {year}
{table} added before {year}|which {table} were added earlier than {year}|show {table} created before {year}
{table} sorted by {column}|order the {table} by {column}|list {table} in order of {column}

what is the capital of {country}|which city is the capital of {country}|name the capital of {country}|{country} capital
what is the population of {country}|how many people live in {country}|number of inhabitants of {country}
what is the population density of {country}|how densely populated is {country}
what is the area of {country}|how large is {country}|how big is {country}
which countries border {country}|what are the neighbours of {country}|which countries are next to {country}
what is the largest city in {country}|biggest city of {country}|which city in {country} has the most people
what is the smallest city in {country}|least populous city of {country}|which city in {country} has the fewest people
longest river in {country}|what is the longest river of {country}|which river in {country} is longest

how do i install {language} {version}|installing {language} {version}|steps to set up {language} {version}
how do i upgrade from {language} {version} to {version2}|migrating {language} {version} to {version2}|move from version {version} to version {version2} of {language}
what is new in {language} {version}|features added in {language} {version}|what did {language} {version} bring
is {language} faster than {language2}|does {language} run faster than {language2}|is {language2} slower than {language}
is {language2} faster than {language}|does {language2} run faster than {language}|is {language} slower than {language2}
differences between {language} and {language2}|how do {language2} and {language} differ|compare {language} with {language2}|{language} vs {language2}
how do i read a file in {language}|reading files with {language}|open and read a file using {language}
how do i write a file in {language}|writing files with {language}|create and write a file using {language}
how do i sort a list in {language}|sorting lists with {language}|put a list in order using {language}
how do i reverse a list in {language}|turn a list around in {language}|list reversal using {language}

migrate from {database} to {database2}|how do i move my data from {database} to {database2}|switch to {database2} from {database}
how do i back up {database}|backing up a {database} database|create a backup of {database}
how do i restore {database}|restoring a {database} database from a backup|recover {database} from a dump
how do i start {database}|launch a {database} server|bring {database} up
how do i stop {database}|shut a {database} server down|bring {database} to a halt

restart the {service} service|please reboot the {service} service|bounce the {service} service
why is the {service} service slow|what makes the {service} service so slow|reasons for high latency of the {service} service
why is the {service} service down|what is the reason for the outage of the {service} service|{service} service is not available, why
show the logs of the {service} service|give me the log of the {service} service|open {service} service logs
roll back the {service} service to version {version}|return the {service} service to version {version}|undo the deployment of {service} after version {version}
deploy version {version} of the {service} service|roll out {service} service {version}|release {service} {version}

how much {drug} can i take a day|daily dose of {drug}|what is the maximum amount of {drug} per day
side effects of {drug}|what are the adverse effects of {drug}|which side effects does {drug} have
can i take {drug} with {drug2}|is it safe to combine {drug} and {drug2}|may {drug2} be taken together with {drug}
symptoms of {disease}|how do i know that i have {disease}|what are the signs of {disease}
causes of {disease}|what causes {disease}|why do people get {disease}
treatment of {disease}|how is {disease} treated|what helps against {disease}
is {disease} contagious|can i catch {disease} from others|does {disease} spread from person to person

convert {number} {currency} to {currency2}|how much is {number} {currency} in {currency2}|{number} {currency} in {currency2}
what is {number} percent of {number2}|calculate {number} % of {number2}|{number} per cent of {number2}
transfer {number} dollars to {person}|send {person} {number} dollars|pay {number} dollars to {person}
request {number} dollars from {person}|ask {person} for {number} dollars|collect {number} dollars from {person}
did {person} pay me|has {person} sent me the money|have i received money from {person}
did i pay {person}|have i sent {person} the money|has {person} received money from me

remind me to call {person} on {day}|set a reminder to phone {person} {day}|don't let me forget to ring {person} on {day}
schedule a meeting with {person} on {day}|set up a meeting with {person} for {day}|book time with {person} on {day}
cancel the meeting with {person} on {day}|call off my {day} meeting with {person}|drop {day}'s appointment with {person}
set an alarm for {number} minutes|wake me in {number} minutes|start a timer of {number} minutes
what is on my calendar on {day}|what do i have planned for {day}|show my appointments for {day}

write an email to {person} about the {file}|draft a mail to {person} on the {file}|compose an email about the {file} for {person}
summarize the {file}|give me a short version of the {file}|what does the {file} say in brief
translate the {file} into {country} language|i need the {file} in the language of {country}
upload the {file}|how do i upload a {file}|add a {file} to my files
download the {file}|how do i download a {file}|save the {file} to my computer
share the {file} with {person}|give {person} access to the {file}|let {person} see the {file}
stop sharing the {file} with {person}|take {person}'s access to the {file} away|don't let {person} see the {file} any more
who can see the {file}|who has access to the {file}|with whom is the {file} shared

how do i cook {food}|recipe for {food}|what is the way to prepare {food}|how should {food} be cooked
how many calories are in {food}|calories of {food}|how much energy does {food} have
how long does {food} keep|after how many days does {food} go bad|shelf life of {food}
can my {animal} eat {food}|is {food} safe for a {animal}|may i feed {food} to my {animal}

my {product} does not turn on|the {product} will not start|{product} won't power up
my {product} does not turn off|i cannot shut the {product} down|{product} won't power off
the {product} is too expensive|the price of the {product} is too high
what is the warranty of the {product}|how long is the {product} under warranty|{product} warranty period
is the {product} in stock|do you have the {product}|can i get the {product} right now
when will the {product} be back in stock|how soon is the {product} available again
which {product} is the best|what is the best {product}|recommend a good {product}
how much does the {product} cost|what is the price of the {product}|{product} price

when does the store open on {day}|what time do you open on {day}|opening time {day}
when does the store close on {day}|what time do you close on {day}|closing time {day}
are you open on {day}|is the store open {day}|do you open on {day} at all

how many days of leave do i have in {year}|my remaining vacation for {year}|how much holiday is left for {year}
how do i apply for leave in {month}|request vacation for {month}|i want to take time off in {month}
who is my manager|what is the name of my boss|to whom do i report
who is {person}'s manager|what is the name of {person}'s boss|to whom does {person} report
what is my salary|how much do i earn|how much am i paid
who won the {sport} championship in {year}|winner of the {year} {sport} championship|{sport} champion of {year}
rules of {sport}|how is {sport} played|explain how to play {sport}
'''.strip().split('\n\n')]
